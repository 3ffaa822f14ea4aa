using System.Reflection;

namespace Entente.Screening.Tests;

/// <summary>Which room may know which: the lower, the fewer.</summary>
public sealed class HouseTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Entente.Names"] = [],
        ["Entente.Records"] = [],
        ["Entente.Lists"] = ["Entente.Records"],
        ["Entente.Screening"] = ["Entente.Names", "Entente.Records"],
        ["Entente.Desk"] = ["Entente.Names", "Entente.Records", "Entente.Lists", "Entente.Screening"],
    };

    [Theory]
    [InlineData("Entente.Names")]
    [InlineData("Entente.Records")]
    [InlineData("Entente.Lists")]
    [InlineData("Entente.Screening")]
    [InlineData("Entente.Desk")]
    public void A_room_knows_only_the_rooms_below_it(string room)
    {
        IEnumerable<string> known = Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Entente.", StringComparison.Ordinal));
        Assert.Empty(known.Except(MayKnow[room]));
    }

    [Theory]
    [InlineData("Entente.Names")]
    [InlineData("Entente.Screening")]
    public void A_pure_room_opens_no_files_and_no_connections(string room) =>
        Assert.DoesNotContain(Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!),
            n => n is "System.IO.FileSystem" or "System.Net.Http" or "System.Net.Sockets" or "System.Net.Primitives");

    [Theory]
    [InlineData("Entente.Lists")]
    [InlineData("Entente.Desk")]
    public void A_room_below_the_hosts_knows_neither_the_web_host_nor_the_terminal(string room) =>
        Assert.DoesNotContain(Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!),
            n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || n is "System.CommandLine" or "Spectre.Console" or "System.Console");

    [Fact]
    public void Unicode_normalisation_is_not_switched_off() =>
        Assert.Equal("A\u00E9", "\uFF21e\u0301".Normalize(System.Text.NormalizationForm.FormKC));
}
