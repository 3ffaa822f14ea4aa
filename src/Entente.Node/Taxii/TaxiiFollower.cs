using System.Collections.Immutable;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Taxii;

/// <summary>Keeps the collections that follow the node's records: each holds, as STIX, what one node may see of them.</summary>
/// <remarks>
/// For this node itself that is every record it holds. For a partner it is what was released to it, without what was withheld: nobody
/// is shown anything here that a person did not release. What is there is compared with what should be, and made so. So nothing
/// is missed, whatever was interrupted: what changed lately is looked at every few seconds, and everything at each start, each
/// hour, and when a partner is taken up again or another agreement comes into force.
/// </remarks>
internal sealed class TaxiiFollower(NodeStore store, Ledger ledger, TaxiiPublisher publisher, OwnIdentity own, PartnerBook partners, HoldingService holdings, ReleaseService releases, TimeProvider clock, ILogger<TaxiiFollower> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3), RemoveEvery = TimeSpan.FromMinutes(1), WholeEvery = TimeSpan.FromHours(1);

    // What was committed a little late, or when the clock was set back a little, is not missed.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Followed> _followed = new(StringComparer.Ordinal);
    private DateTimeOffset _removedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
                // Until it is gone, it is not shown.
                if ((clock.GetUtcNow() - _removedAt).Duration() >= RemoveEvery)
                {
                    await publisher.RemoveEndedAsync(stoppingToken).ConfigureAwait(false);
                    _removedAt = clock.GetUtcNow();
                }
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _followed.Clear();
                log.LogError(fault, "TAXII collections could not be brought up to date; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        if (!own.IsOn)
            return;
        List<TaxiiCollectionEntry> collections;
        await using (var db = store.Open())
            collections = await db.TaxiiCollections.AsNoTracking().Where(collection => collection.RecordsFor != null).ToListAsync(cancel).ConfigureAwait(false);
        foreach (var collection in collections)
        {
            var now = clock.GetUtcNow();
            if (await TermsAsync(collection.RecordsFor!, cancel).ConfigureAwait(false) is not { } terms)
            {
                // Closed to its readers meanwhile. Nothing is taken back, as the partner holds its copies.
                _followed.Remove(collection.Id);
                continue;
            }
            var known = _followed.GetValueOrDefault(collection.Id);
            var isWhole = known is null || known.Terms != terms || now - known.WholeAt >= WholeEvery || now < known.At;
            await FollowAsync(collection.Id, collection.RecordsFor!, isWhole ? null : known!.At - Overlap, cancel).ConfigureAwait(false);
            _followed[collection.Id] = new Followed(now, isWhole ? now : known!.WholeAt, terms);
        }
    }

    /// <summary>What a node sees the records by: nothing where it is this one, else its agreement; null where nothing may flow.</summary>
    private async Task<string?> TermsAsync(string node, CancellationToken cancel)
    {
        if (node == own.Id)
            return "";
        await using var db = store.Open();
        return (await partners.FindAsync(db, node, cancel).ConfigureAwait(false))?.Terms is { Suspended: false } terms ? partners.AgreementOf(terms) : null;
    }

    private async Task FollowAsync(string collection, string node, DateTimeOffset? since, CancellationToken cancel)
    {
        var after = "";
        while (true)
        {
            string[] ids;
            await using (var db = store.Open())
            {
                var from = after;
                ids = await (node == own.Id ? Own(db, since) : Released(db, node, since)).Where(id => string.Compare(id, from) > 0).OrderBy(id => id).Take(AtOnce).ToArrayAsync(cancel).ConfigureAwait(false);
            }
            if (ids is [])
                return;
            await ledger.ActAsync(Actor.System("taxii"), act => FollowAsync(act, collection, node, ids, cancel), cancel).ConfigureAwait(false);
            after = ids[^1];
        }
    }

    private static IQueryable<string> Own(NodeDb db, DateTimeOffset? since) =>
        (since is { } time ? db.Records.Where(record => record.ChangedAt >= time) : db.Records).Select(record => record.Id);

    private static IQueryable<string> Released(NodeDb db, string node, DateTimeOffset? since)
    {
        var both = from copy in db.Copies
                   join record in db.Records on copy.RecordId equals record.Id
                   where copy.Holder == node && copy.Via == null
                   select new { record.Id, record.ChangedAt, copy.ToldAt };
        return (since is { } time ? both.Where(each => each.ChangedAt >= time || each.ToldAt >= time) : both).Select(each => each.Id);
    }

    /// <summary>Makes a collection say of some records what it should.</summary>
    private async Task<int> FollowAsync(Act act, string collection, string node, string[] ids, CancellationToken cancel)
    {
        if (!await act.Db.TaxiiCollections.AnyAsync(each => each.Id == collection, cancel).ConfigureAwait(false))
            return 0;
        var records = await act.Db.Records.AsNoTracking().Where(record => EF.Parameter(ids).Contains(record.Id)).OrderBy(record => record.Id).ToListAsync(cancel).ConfigureAwait(false);
        var said = (await act.Db.TaxiiObjects.AsNoTracking().Where(item => item.CollectionId == collection && item.IsLast && EF.Parameter(ids).Contains(item.RecordId!)).ToListAsync(cancel).ConfigureAwait(false))
            .ToLookup(item => item.RecordId!, StringComparer.Ordinal);
        var seen = new List<(HeldRecord Record, MarkedEntity? Seen)>(records.Count);
        var partner = node == own.Id ? null : await partners.RequireAsync(act.Db, node, cancel).ConfigureAwait(false);
        foreach (var record in records)
            seen.Add((record, await SeenAsync(act, record, partner, cancel).ConfigureAwait(false)));
        var schemata = await SchemataAsync(act.Db, node, seen.Select(each => each.Seen).OfType<MarkedEntity>(), cancel).ConfigureAwait(false);
        var publications = new List<TaxiiPublication>();
        foreach (var (record, marked) in seen)
            publications.AddRange(Changes(record, marked, [.. said[record.Id]], node, schemata, act.At));
        return publications.Count == 0 ? 0 : await TaxiiPublisher.PublishAsync(act, collection, publications, cancel).ConfigureAwait(false);
    }

    /// <summary>What a partner may see of a record, or this node itself where there is none; null for nothing.</summary>
    private async Task<MarkedEntity?> SeenAsync(Act act, HeldRecord record, PartnerStanding? partner, CancellationToken cancel)
    {
        if (record.State != RecordState.Held || record.KeptUntil <= act.At)
            return null;
        var content = record.ReadContent();
        if (partner is null)
            return content.ToMarked(record.Originator);
        var node = partner.Row.Id;
        if (releases.Explain(record, partner, act.At) is not { Allowed: true, Agreement: { } agreement }
            || !await act.Db.Copies.AnyAsync(copy => copy.RecordId == record.Id && copy.Holder == node && copy.Via == null && copy.Told != "recalled", cancel).ConfigureAwait(false))
            return null;
        var withheld = await HoldingService.WithheldAsync(act.Db, record.Id, node, cancel).ConfigureAwait(false);
        return (content with { Statements = [.. content.Statements.Where(each => holdings.Disclosed(each, withheld, content.Marking, agreement, node))] }).ToMarked(record.Originator);
    }

    /// <summary>The schemata of what records refer to, as far as the node sees them: of all else not even the kind is told.</summary>
    private async Task<ImmutableDictionary<string, string>> SchemataAsync(NodeDb db, string node, IEnumerable<MarkedEntity> records, CancellationToken cancel)
    {
        string[] wanted = [.. records.SelectMany(record => record.Entity.Statements
            .Where(statement => Schemata.TypeOf(record.Entity.Schema, statement.Property) == "entity")
            .Select(statement => HeldRecord.IdOf(record.Marking.Originator, statement.Value))).Distinct(StringComparer.Ordinal)];
        if (wanted is [])
            return ImmutableDictionary<string, string>.Empty;
        var there = db.Records.AsNoTracking().Where(record => EF.Parameter(wanted).Contains(record.Id));
        if (node != own.Id)
            there = there.Where(record => db.Copies.Any(copy => copy.RecordId == record.Id && copy.Holder == node && copy.Via == null));
        return (await there.Select(record => new { record.Id, record.Schema }).ToListAsync(cancel).ConfigureAwait(false)).ToImmutableDictionary(each => each.Id, each => each.Schema, StringComparer.Ordinal);
    }

    /// <summary>What has to be said of a record, after what was said of it.</summary>
    private static IEnumerable<TaxiiPublication> Changes(HeldRecord record, MarkedEntity? marked, ImmutableArray<TaxiiObject> said, string node, ImmutableDictionary<string, string> schemata, DateTimeOffset now)
    {
        var readers = Audience.Of([node]);
        var written = ImmutableArray<StixWritten>.Empty;
        if (marked is not null)
        {
            string? SchemaOf(string id) => schemata.GetValueOrDefault(HeldRecord.IdOf(record.Originator, id));
            var id = StixWriter.IdOf(marked, SchemaOf);
            var last = said.FirstOrDefault(item => item.ObjectId == id);
            // STIX knows no version after the one that takes an object back.
            if (last is { Revoked: true })
                return [];
            var (created, modified) = (Whole(record.CreatedAt), last is null ? Whole(now) : VersionOf(last));
            if (last is not null && StixObject.Parse(last.Json).Created is { } first)
                created = first;
            written = Write(modified < created ? created : modified);
            var isSaid = last is not null && said.All(item => item.Revoked || written.Any(each => each.Item.Id == item.ObjectId))
                && written.Where(IsOfRecord).All(each => said.Any(item => item.ObjectId == each.Item.Id && (item.Revoked || item.Json == each.Item.ToString())));
            if (isSaid && last!.Expires == Ends(record))
                return [];
            // Where no more than its end has changed, it stays the same version.
            if (last is not null && !isSaid)
                written = Write(After(last, now));
            ImmutableArray<StixWritten> Write(DateTimeOffset at) => StixWriter.Write([new StixSource(marked, created, at)], SchemaOf);
        }
        var revoked = said.Where(item => !item.Revoked && !written.Any(each => each.Item.Id == item.ObjectId))
            .Select(item => new TaxiiPublication(StixWriter.Revoke(StixObject.Parse(item.Json), After(item, now)), readers, item.Tlp, null, record.Id));
        return written.Select(each => new TaxiiPublication(each.Item, readers, each.Marking?.Tlp ?? Tlp.Clear, IsOfRecord(each) ? Ends(record) : null, IsOfRecord(each) ? record.Id : null)).Concat(revoked);
    }

    /// <summary>Whether an object says something of its record itself, and has a version of its own; all else says how it is marked, and by whom.</summary>
    private static bool IsOfRecord(StixWritten written) => written.Marking is not null && written.Item.Modified is not null;

    private static DateTimeOffset? Ends(HeldRecord record) => record.KeptUntil == DateTimeOffset.MaxValue ? null : record.KeptUntil;

    private static DateTimeOffset VersionOf(TaxiiObject item) => new(item.Version, TimeSpan.Zero);

    private static DateTimeOffset After(TaxiiObject item, DateTimeOffset now) => Whole(now) > VersionOf(item) ? Whole(now) : VersionOf(item).AddMicroseconds(1);

    private static DateTimeOffset Whole(DateTimeOffset time) => TaxiiStore.Time(TaxiiStore.Microseconds(time));

    private sealed record Followed(DateTimeOffset At, DateTimeOffset WholeAt, string Terms);
}
