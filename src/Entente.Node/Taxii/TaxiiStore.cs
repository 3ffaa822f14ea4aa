using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Taxii;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Taxii;

/// <summary>Reads the collections that are in the node's store.</summary>
internal sealed class TaxiiStore(NodeStore store, PartnerBook partners, TimeProvider clock) : ITaxiiCollections
{
    private const long TicksOfMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>A time as a place in a collection: microseconds since 1970.</summary>
    public static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksOfMicrosecond;

    /// <summary>A place in a collection as a time.</summary>
    public static DateTimeOffset Time(long microseconds) => new(DateTimeOffset.UnixEpoch.Ticks + (microseconds * TicksOfMicrosecond), TimeSpan.Zero);

    public async Task<ImmutableArray<TaxiiCollectionInfo>> ListAsync(TaxiiReader reader, CancellationToken cancel)
    {
        await using var db = store.Open();
        var found = await (from grant in db.TaxiiReaders
                           join collection in db.TaxiiCollections on grant.CollectionId equals collection.Id
                           where grant.AccountId == reader.AccountId
                           orderby collection.Id
                           select collection).AsNoTracking().ToListAsync(cancel).ConfigureAwait(false);
        var shut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in found.Select(collection => collection.RecordsFor).OfType<string>().Distinct())
        {
            if (!await partners.IsOpenToAsync(db, node, cancel).ConfigureAwait(false))
                shut.Add(node);
        }
        return [.. found.Where(collection => collection.RecordsFor is null || !shut.Contains(collection.RecordsFor)).Select(collection => new TaxiiCollectionInfo(collection.Id, collection.Title, CanRead: true, CanWrite: false, collection.Description, MediaTypes: [TaxiiMedia.Stix]))];
    }

    public async Task<TaxiiPage?> ReadAsync(TaxiiReader reader, string collection, TaxiiQuery query, CancellationToken cancel)
    {
        await using var db = store.Open();
        var reading = await (from grant in db.TaxiiReaders.AsNoTracking()
                             join kept in db.TaxiiCollections on grant.CollectionId equals kept.Id
                             where grant.CollectionId == collection && grant.AccountId == reader.AccountId
                             select new { grant.Node, kept.RecordsFor }).SingleOrDefaultAsync(cancel).ConfigureAwait(false);
        // What was released to a partner is closed to it as soon as it is suspended, or no agreement holds.
        if (reading is null || (reading.RecordsFor is { } partner && !await partners.IsOpenToAsync(db, partner, cancel).ConfigureAwait(false)))
            return null;
        var node = reading.Node;
        var audiences = await db.TaxiiAudiences.AsNoTracking().Where(audience => audience.CollectionId == collection).ToListAsync(cancel).ConfigureAwait(false);
        var admitted = audiences.Where(audience => Read(audience.Nodes).Admits(node)).Select(audience => audience.Number).ToList();
        // Each audience is read by itself: what is withheld is never walked over, and takes no time that could be measured.
        var items = admitted is [var only]
            ? await RowsAsync(Matching(db, collection, only, query).OrderBy(item => item.Added).Take(query.Limit + 1), query, cancel).ConfigureAwait(false)
            : await MergeAsync(db, collection, admitted, query, cancel).ConfigureAwait(false);
        return new TaxiiPage([.. items.Take(query.Limit)], items.Count > query.Limit);
    }

    /// <summary>Finds out first which objects of each audience come, and then reads only those.</summary>
    private async Task<List<TaxiiItem>> MergeAsync(NodeDb db, string collection, List<int> audiences, TaxiiQuery query, CancellationToken cancel)
    {
        var places = new List<(long Added, int Audience)>();
        foreach (var audience in audiences)
        {
            var found = await Matching(db, collection, audience, query).OrderBy(item => item.Added).Take(query.Limit + 1).Select(item => item.Added).ToListAsync(cancel).ConfigureAwait(false);
            places.AddRange(found.Select(added => (added, audience)));
        }
        places.Sort();
        var items = new List<TaxiiItem>();
        foreach (var group in places.Take(query.Limit + 1).GroupBy(place => place.Audience))
        {
            long[] wanted = [.. group.Select(place => place.Added)];
            items.AddRange(await RowsAsync(db.TaxiiObjects.AsNoTracking().Where(item => item.CollectionId == collection && item.Audience == group.Key && EF.Parameter(wanted).Contains(item.Added)), query, cancel).ConfigureAwait(false));
        }
        items.Sort((left, right) => left.Added.CompareTo(right.Added));
        return items;
    }

    private static Task<List<TaxiiItem>> RowsAsync(IQueryable<TaxiiObject> rows, TaxiiQuery query, CancellationToken cancel) => (query.WithObjects
        ? rows.Select(item => new TaxiiItem(item.Added, item.ObjectId, new DateTimeOffset(item.Version, TimeSpan.Zero), item.Json))
        : rows.Select(item => new TaxiiItem(item.Added, item.ObjectId, new DateTimeOffset(item.Version, TimeSpan.Zero), null))).ToListAsync(cancel);

    /// <summary>An audience as it is stored.</summary>
    public static string Write(Audience audience) => JsonSerializer.Serialize(audience, NodeJson.Options);

    private static Audience Read(string nodes) => JsonSerializer.Deserialize<Audience>(nodes, NodeJson.Options) ?? Audience.Nobody;

    private IQueryable<TaxiiObject> Matching(NodeDb db, string collection, int audience, TaxiiQuery query)
    {
        var filter = query.Filter;
        var after = Math.Max(query.After, filter.AddedAfter is { } time ? Microseconds(time) : 0);
        var now = clock.GetUtcNow();
        var items = db.TaxiiObjects.AsNoTracking().Where(item => item.CollectionId == collection && item.Audience == audience && item.Added > after && (item.Expires == null || item.Expires > now));
        if (filter.Ids is [var id])
            items = items.Where(item => item.ObjectId == id);
        else if (filter.Ids.Length > 1)
            items = items.Where(item => filter.Ids.ToArray().Contains(item.ObjectId));
        if (filter.Types is [var type])
            items = items.Where(item => item.Type == type);
        else if (filter.Types.Length > 1)
            items = items.Where(item => filter.Types.ToArray().Contains(item.Type));
        // All that is served is of this version of STIX.
        if (filter.SpecVersions.Length > 0 && !filter.SpecVersions.Contains(Exchange.Stix.StixObject.SpecVersion))
            items = items.Where(item => false);
        var versions = filter.Versions;
        if (versions.All)
            return items;
        if (versions is { First: false, Times.Length: 0 })
            return items.Where(item => item.IsLast);
        long[] times = [.. versions.Times.Select(each => each.UtcTicks)];
        return items.Where(item => (versions.First && item.IsFirst) || (versions.Last && item.IsLast) || times.Contains(item.Version));
    }
}
