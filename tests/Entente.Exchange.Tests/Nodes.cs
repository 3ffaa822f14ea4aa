using Entente.Exchange.Identity;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests;

/// <summary>A node of a test: its key and what others see of it.</summary>
internal sealed record TestNode(NodeKey Key, NodeIdentity Identity)
{
    public string Id => Identity.Id;
}

/// <summary>Nodes, times and markings that tests share. Keys are made anew in each run.</summary>
internal static class Nodes
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TestNode Us = Make("Northland liaison");
    public static readonly TestNode Ally = Make("Southland liaison");
    public static readonly TestNode Third = Make("Eastland liaison");

    public static TestNode Make(string name)
    {
        var key = NodeKey.Create();
        return new TestNode(key, NodeIdentity.Create(key, name, [new Uri("https://node.example:8443/")], Now.AddDays(-30)));
    }

    public static Marking Marking(TestNode? originator = null) => new()
    {
        Originator = (originator ?? Us).Id,
        Tlp = Tlp.Amber,
        Audience = Audience.Of([Us.Id, Ally.Id, Third.Id]),
        LegalBasis = "S/RES/2253 (2015)",
        Purpose = "counter-terrorism",
        Category = EntityCategory.Suspect,
        Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
        Expires = Now.AddYears(1),
    };
}
