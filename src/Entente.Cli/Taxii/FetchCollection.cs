using System.Globalization;
using Entente.Cli.Output;
using Entente.Desk;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Node.Taxii;
using Entente.Records.Json;
using Entente.Records.Markings;

namespace Entente.Cli.Taxii;

/// <summary><c>entente taxii fetch</c>.</summary>
internal static class FetchCollection
{
    // They are held in memory, as what marks an object may come on another page than it.
    private const int MostObjects = 1_000_000;

    /// <summary>Fetches a collection into a file.</summary>
    /// <param name="address">The server's discovery address.</param>
    /// <param name="collection">The collection's id.</param>
    /// <param name="after">Only what was added later; null for all.</param>
    /// <param name="output">The file.</param>
    /// <param name="stix">Whether as a STIX bundle.</param>
    /// <param name="surroundings">Where to write; the key.</param>
    /// <exception cref="FailureException">It could not be fetched as a whole. The file is as it was.</exception>
    public static int Run(Uri address, string collection, DateTimeOffset? after, string output, bool stix, Surroundings surroundings)
    {
        using var http = TaxiiClient.NewHttpClient(surroundings.TaxiiKey);
        var objects = new Dictionary<string, StixObject>(StringComparer.Ordinal);
        var last = NodeData.Run(() => ServerCollections.Asked(() => FetchAsync(new TaxiiClient(http), address, collection, after, objects, surroundings)));
        var bundle = StixBundle.Of(objects.Values);
        var host = $"{address.Host}/{collection}";
        try
        {
            var imported = StixImport.Read(bundle, host);
            using var file = PartFile.Create(output, surroundings.OutBytes);
            var buffered = new BufferedStream(file.Stream, 1 << 16);
            Write(buffered, bundle, imported, stix);
            buffered.Flush();
            file.Complete();
            Tell(imported, output, stix, surroundings);
        }
        catch (StixFormatException fault)
        {
            throw new FailureException(fault.Message);
        }
        if (last is { } time)
            surroundings.Error.WriteLine($"Next time only what is new: --added-after {StixTime.Format(time)}");
        return ExitCodes.Done;
    }

    private static async Task<DateTimeOffset?> FetchAsync(TaxiiClient client, Uri address, string collection, DateTimeOffset? after, Dictionary<string, StixObject> objects, Surroundings surroundings)
    {
        var found = (await ServerCollections.FindAsync(client, address, surroundings.Stop).ConfigureAwait(false)).FirstOrDefault(each => each.Info.Id == collection || each.Info.Alias == collection)
            ?? throw new FailureException($"{address.Host} has no collection '{Shown.OneLine(collection)}' for you; `entente taxii collections {address}` shows those it has.");
        DateTimeOffset? last = null;
        var progress = new Progress(surroundings);
        await foreach (var page in client.ReadAsync(found.Root, found.Info.Id, TaxiiFilter.Everything with { AddedAfter = after }, surroundings.Stop).ConfigureAwait(false))
        {
            foreach (var item in page.Objects)
            {
                // Of several versions the latest holds.
                if (!objects.TryGetValue(item.Id, out var known) || item.Version >= known.Version)
                    objects[item.Id] = item;
            }
            foreach (var fault in page.Faults)
                surroundings.Error.WriteLine($"left out: {Shown.OneLine(fault)}");
            if (objects.Count > MostObjects)
                throw new FailureException($"more than {MostObjects.ToString("N0", CultureInfo.InvariantCulture)} objects, which is more than one run takes.");
            last = page.AddedLast ?? last;
            progress.Report(objects.Count, null);
        }
        progress.Clear();
        return last;
    }

    private static void Write(Stream stream, StixBundle bundle, StixImported imported, bool stix)
    {
        if (stix)
        {
            stream.Write(bundle.ToUtf8());
            return;
        }
        MarkedEntityJson.WriteLines(stream, imported.Records.Where(IsMarked).Select(record => record.Under(record.Handling.Marking!)));
        EntityJson.WriteLines(stream, imported.Records.Where(record => !IsMarked(record)).Select(record => record.Entity));
    }

    /// <summary>Whether an object carries all that a record's marking says.</summary>
    private static bool IsMarked(StixRead record) => record.Handling.Marking is { } marking && marking.FaultFor(record.Entity.Schema) is null;

    private static void Tell(StixImported imported, string output, bool stix, Surroundings surroundings)
    {
        surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {imported.Records.Length:N0} entities; {imported.Recalls.Length:N0} were taken back by their makers{(stix ? "" : " and are left out")}."));
        foreach (var recall in imported.Recalls)
            surroundings.Error.WriteLine($"taken back: {Shown.OneLine(recall.EntityId)}");
        var closed = imported.Records.Count(record => record.Handling is { Understood: false } or { Tlp: > Tlp.Clear } or { Marking: not null });
        if (closed > 0)
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{closed:N0} of them are not for everybody: pass nothing on before you have read their markings{(stix ? "" : ", which the STIX bundle has as they stand")}."));
        if (!stix && imported.Kept.Length > 0)
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{imported.Kept.Length:N0} reports, notes and other objects that are no entities are in the STIX bundle only."));
    }
}
