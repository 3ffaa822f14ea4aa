using System.Globalization;
using System.Xml.Linq;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Hosting;

namespace Entente.EndToEnd;

/// <summary>Puts versions of a list into a data folder, as an update would.</summary>
internal static class Versions
{
    /// <summary>Takes a version on a day; one that looks suspicious is held.</summary>
    public static void Install(NodeOptions options, XDocument list, string day)
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
