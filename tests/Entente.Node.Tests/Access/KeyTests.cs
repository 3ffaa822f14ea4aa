using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Access;

public sealed class KeyTests
{
    public static TheoryData<string> Databases => Stores.All;

    [Theory]
    [InlineData("")]
    [InlineData("ent_")]
    [InlineData("ent_0123456789abcdef0123456789abcdef-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ent_0123456789abcdef0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ENT_0123456789abcdef0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_key_is_not_read(string text) => Assert.False(KeyText.TryParse(text, out _, out _));

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        for (var i = 0; i < 200; i++)
        {
            var secret = KeyText.NewSecret();
            Assert.True(KeyText.TryParse(KeyText.Of("0123456789abcdef0123456789abcdef", secret), out var id, out var read));
            Assert.Equal("0123456789abcdef0123456789abcdef", id.ToString());
            Assert.Equal(secret, read.ToString());
            Assert.True(KeyText.Matches(read, KeyText.HashOf(secret)));
            Assert.False(KeyText.Matches(read, KeyText.HashOf(KeyText.NewSecret())));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_day_of_use_is_written_down(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var (client, account) = await node.MemberAsync([Role.Analyst]);
        await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
        for (; ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            await using var db = node.Store.Open();
            if ((await db.ApiKeys.AsNoTracking().SingleAsync(key => key.AccountId == account.Id, TestContext.Current.CancellationToken)).LastUsedAt is { } used)
            {
                Assert.Equal(TimeSpan.Zero, used.TimeOfDay);
                return;
            }
        }
    }
}
