using System.Globalization;
using System.Xml.Linq;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Hosting;

namespace Entente.EndToEnd;

/// <summary>A node with a list of three versions: one of before, one in use and stale, and one that is held because most of it is gone. All of them are of the fictional sample.</summary>
public sealed class NodeWithLists : Node
{
    protected override void Prepare(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sample = XDocument.Load(options.SampleList);
        Install(options, sample, "2026-01-10");

        sample.Root!.SetAttributeValue("dateGenerated", "2026-02-20T00:00:00.000Z");
        var people = sample.Root.Element("INDIVIDUALS")!.Elements().ToList();
        people[3].Remove();
        people[0].Element("INDIVIDUAL_DATE_OF_BIRTH")!.Element("DATE")!.Value = "1971-04-13";
        people[1].Element("INDIVIDUAL_ALIAS")?.Element("ALIAS_NAME")?.SetValue("Yousef Driss Zafrani");
        Install(options, sample, "2026-02-21");

        foreach (var person in people.Skip(5))
            person.Remove();
        sample.Root.SetAttributeValue("dateGenerated", "2026-03-01T00:00:00.000Z");
        sample.Root.Element("ENTITIES")!.Elements().Skip(3).Remove();
        Install(options, sample, "2026-03-02");
    }

    private static void Install(NodeOptions options, XDocument list, string day)
    {
        // A list under the name of its file, which the version keeps.
        var path = Path.Combine(Path.GetTempPath(), $"entente-{Guid.NewGuid():N}.xml");
        try
        {
            list.Save(path);
            using var http = ListUpdater.NewHttpClient();
            var result = new ListUpdater(new SnapshotStore(options.DataFolder), http, file => ListSummary.Of(ListReader.Read(file)), new Day(day)).Add(ListCatalogue.UnitedNations, path);
            Assert.IsNotType<UpdateResult.Failed>(result);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Day(string day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(day + "T08:15:00Z", CultureInfo.InvariantCulture);
    }
}
