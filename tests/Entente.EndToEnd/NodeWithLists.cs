using System.Xml.Linq;
using Entente.Node.Hosting;

namespace Entente.EndToEnd;

/// <summary>A node with a list of three versions: one of before, one in use and stale, and one that is held because most of it is gone. All of them are of the fictional sample.</summary>
public sealed class NodeWithLists : Node
{
    protected override void Prepare(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sample = XDocument.Load(options.SampleList);
        sample.Root!.SetAttributeValue("dateGenerated", "2026-01-09T00:00:00.000Z");
        Versions.Install(options, sample, "2026-01-10");

        sample.Root.SetAttributeValue("dateGenerated", "2026-02-20T00:00:00.000Z");
        var people = sample.Root.Element("INDIVIDUALS")!.Elements().ToList();
        people[3].Remove();
        people[0].Element("INDIVIDUAL_DATE_OF_BIRTH")!.Element("DATE")!.Value = "1971-04-13";
        people[1].Element("INDIVIDUAL_ALIAS")?.Element("ALIAS_NAME")?.SetValue("Yousef Driss Zafrani");
        Versions.Install(options, sample, "2026-02-21");

        foreach (var person in people.Skip(5))
            person.Remove();
        sample.Root.SetAttributeValue("dateGenerated", "2026-03-01T00:00:00.000Z");
        sample.Root.Element("ENTITIES")!.Elements().Skip(3).Remove();
        Versions.Install(options, sample, "2026-03-02");
    }
}
