namespace Entente.Records.Tests;

public sealed class DelistingTests
{
    private static Entity Person(string id, bool? target, string? topic = null)
    {
        var builder = new EntityBuilder(id, "Person", "fiction") { Target = target };
        return builder.Add("name", "Tamim").Add("topics", topic).Build();
    }

    private static Entity Sanction(string about, string? status) =>
        new EntityBuilder($"{about}-{status}-sanction", "Sanction", "fiction").Add("entity", about).Add("status", status).Build();

    [Fact]
    public void Only_what_the_list_itself_says_is_off_is_off()
    {
        Entity[] entities =
        [
            Person("off", false), Sanction("off", "Delisted"),
            Person("relative", false),
            Person("on", true, "sanction"), Sanction("on", null),
            Person("on-all-the-same", true), Sanction("on-all-the-same", "delisted"),
            Person("unsaid", null), Sanction("unsaid", "delisted"),
            Person("topic", false, "sanction"), Sanction("topic", "delisted"),
            Person("one-of-two", false), Sanction("one-of-two", "delisted"), Sanction("one-of-two", "active"),
        ];
        Assert.Equal(["off"], Delisting.NoLongerListed(entities));
    }

    [Fact]
    public void One_that_another_list_still_has_is_on() =>
        Assert.Empty(Delisting.NoLongerListed([Person("p", false), Sanction("p", "delisted"), Person("p", true, "sanction")]));
}
