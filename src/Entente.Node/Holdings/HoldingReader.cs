using System.Collections.Immutable;
using Entente.Exchange.Release;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Holdings;

/// <summary>A record in a list.</summary>
/// <param name="Id">The id, the same on every node.</param>
/// <param name="Originator">The node that it comes from.</param>
/// <param name="ReceivedFrom">The partner that it came from; null for this node's own.</param>
/// <param name="Version">The version.</param>
/// <param name="Schema">FtM schema; empty where only its recall was heard of.</param>
/// <param name="Caption">What to call it; empty where what it said is erased.</param>
/// <param name="State">What has become of it.</param>
/// <param name="RecalledBecause">Why it was recalled.</param>
/// <param name="Marking">The marking that holds here; null where only its recall was heard of.</param>
/// <param name="KeptUntil">When it ends here by itself.</param>
/// <param name="ChangedAt">When it last changed here.</param>
internal sealed record RecordView(string Id, string Originator, string? ReceivedFrom, int Version, string Schema, string Caption, RecordState State, string? RecalledBecause, Marking? Marking, DateTimeOffset KeptUntil, DateTimeOffset ChangedAt)
{
    /// <summary>Of a record, as it is at a time: one whose time has ended says nothing any more, also before it is erased.</summary>
    public static RecordView Of(HeldRecord record, DateTimeOffset now)
    {
        var ended = record.State == RecordState.Held && record.KeptUntil <= now;
        return new RecordView(record.Id, record.Originator, record.ReceivedFrom, record.Version, record.Schema, ended ? "" : record.Caption, ended ? RecordState.Expired : record.State,
            record.RecalledBecause, record.Marking.Length == 0 ? null : record.ReadMarking(), record.KeptUntil, record.ChangedAt);
    }

    /// <summary>As <see cref="Of"/>, with the marking of what is made of all that it says, such as a match: as tight as that of its most tightly marked value.</summary>
    public static RecordView OfAllSaid(HeldRecord record, DateTimeOffset now)
    {
        var view = Of(record, now);
        return view.Marking is not { } marking ? view
            : view with { Marking = record.ReadStatements().Select(statement => statement.Mark).OfType<StatementMark>().Aggregate(marking, (tightest, mark) => mark.Under(tightest)) };
    }
}

/// <summary>A page of records.</summary>
/// <param name="Records">The latest changed first.</param>
/// <param name="Next">Where the next page begins; null where there is none.</param>
internal sealed record RecordPage(IReadOnlyList<RecordView> Records, string? Next);

/// <summary>A node that records come from.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Records">How many of its records are held.</param>
public sealed record RecordOrigin(string Node, int Records);

/// <summary>A record, whole.</summary>
/// <param name="Record">The record.</param>
/// <param name="Statements">What it says; empty where that is erased.</param>
/// <param name="Hash">The name of the version.</param>
/// <param name="Signed">As its originator signed it; empty where it is erased.</param>
/// <param name="Copies">Who holds, or was told to erase, a copy.</param>
internal sealed record RecordDetail(RecordView Record, ImmutableArray<RecordStatement> Statements, string Hash, string Signed, IReadOnlyList<CopyView> Copies);

/// <summary>A copy of a record at another node.</summary>
/// <param name="Holder">The node that holds it.</param>
/// <param name="HolderName">What it is called here; null where it is not known.</param>
/// <param name="Via">The partner that passed it on; null where it was this node.</param>
/// <param name="Told">What the holder was last told.</param>
/// <param name="Version">The version that was about.</param>
/// <param name="ToldAt">When.</param>
/// <param name="State">What it answered; <c>told</c> is silence.</param>
/// <param name="AnsweredAt">When it answered.</param>
/// <param name="Reason">Why it refused.</param>
/// <param name="Receipt">Its signed answer.</param>
internal sealed record CopyView(string Holder, string? HolderName, string? Via, string Told, int Version, DateTimeOffset ToldAt, CopyState State, DateTimeOffset? AnsweredAt, string? Reason, string? Receipt);

/// <summary>A release.</summary>
/// <param name="Id">The id.</param>
/// <param name="Record">The record.</param>
/// <param name="Caption">What to call the record.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Withheld">Properties that do not go with it.</param>
/// <param name="Reason">Why the partner is to have it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ProposedBy">The account that proposed it.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="DecidedBy">The account that decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="DecisionReason">What who decided said.</param>
internal sealed record ReleaseView(string Id, string Record, string Caption, string Partner, IReadOnlyList<string> Withheld, string Reason, ReleaseState State, string ProposedBy, DateTimeOffset ProposedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionReason);

/// <summary>A page of releases.</summary>
/// <param name="Releases">The latest first.</param>
/// <param name="Next">Where the next page begins; null where there is none.</param>
internal sealed record ReleasePage(IReadOnlyList<ReleaseView> Releases, string? Next);

/// <summary>Why a partner has a record, or lacks it.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Record">The record.</param>
/// <param name="Copy">What is known of its copy; null where this node never told it of the record.</param>
/// <param name="Releases">What was proposed and decided, the latest first.</param>
/// <param name="Allowed">Whether the record may go to it now.</param>
/// <param name="Rules">Every rule that this was decided by.</param>
internal sealed record WhyView(string Partner, string Record, CopyView? Copy, IReadOnlyList<ReleaseView> Releases, bool Allowed, IReadOnlyList<RuleView> Rules);

/// <summary>A rule and whether it holds.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Parameters">What it was decided by.</param>
internal sealed record RuleView(string Code, bool Passed, IReadOnlyDictionary<string, string> Parameters);

/// <summary>Reads records, releases and copies for people.</summary>
internal sealed class HoldingReader(OwnIdentity own, PartnerBook partners, ReleaseService releases, NodeStore store, TimeProvider clock)
{
    /// <summary>Records, by what they are called or who they come from.</summary>
    /// <param name="text">A part of a name or id; null for all.</param>
    /// <param name="origin"><c>own</c>, <c>partners</c>, or the id of a node; null for all.</param>
    /// <param name="state">A <see cref="RecordState"/>; null for those that are held.</param>
    /// <param name="after">As <see cref="RecordPage.Next"/>.</param>
    /// <param name="limit">Most records.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<RecordPage> ListAsync(string? text, string? origin, string? state, string? after, int limit, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var wanted = state is null ? RecordState.Held : Named<RecordState>("state", state);
        await using var db = store.Open();
        var query = db.Records.AsNoTracking().Where(record => record.State == wanted);
        if (wanted == RecordState.Held)
            query = query.Where(record => record.KeptUntil > now);
        if (text is { Length: > 0 })
        {
            var lower = text.ToLowerInvariant();
            query = query.Where(record => record.SearchText.Contains(lower));
        }
        var self = own.IsOn ? own.Id : "";
        query = origin switch
        {
            null or "" => query,
            "own" => query.Where(record => record.Originator == self),
            "partners" => query.Where(record => record.Originator != self),
            _ => query.Where(record => record.Originator == origin),
        };
        if (Keyset.Read(after) is { } place)
            query = query.Where(record => record.ChangedAt < place.At || (record.ChangedAt == place.At && string.Compare(record.Id, place.Id) < 0));
        var page = await query.OrderByDescending(record => record.ChangedAt).ThenByDescending(record => record.Id).Take(limit + 1).ToListAsync(cancel).ConfigureAwait(false);
        return new RecordPage([.. page.Take(limit).Select(View)], page.Count > limit ? Keyset.Write(page[limit - 1].ChangedAt, page[limit - 1].Id) : null);
    }

    /// <summary>Whose records are held.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The nodes with most records first.</returns>
    public async Task<IReadOnlyList<RecordOrigin>> OriginsAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = store.Open();
        var origins = await db.Records.AsNoTracking().Where(record => record.State == RecordState.Held && record.KeptUntil > now).GroupBy(record => record.Originator)
            .Select(group => new { Node = group.Key, Records = group.Count() }).ToListAsync(cancel).ConfigureAwait(false);
        return [.. origins.OrderByDescending(origin => origin.Records).ThenBy(origin => origin.Node, StringComparer.Ordinal).Select(origin => new RecordOrigin(origin.Node, origin.Records))];
    }

    /// <summary>A record.</summary>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<RecordDetail> GetAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var record = await RequireAsync(db, id, cancel).ConfigureAwait(false);
        var view = View(record);
        var ended = view.State == RecordState.Expired;
        var copies = await db.Copies.AsNoTracking().Where(copy => copy.RecordId == id).OrderBy(copy => copy.ToldAt).ThenBy(copy => copy.Holder).ToListAsync(cancel).ConfigureAwait(false);
        var names = await NamesAsync(db, cancel).ConfigureAwait(false);
        return new RecordDetail(view, ended ? [] : record.ReadStatements(), record.Hash, ended ? "" : record.Signed, [.. copies.Select(copy => View(copy, names))]);
    }

    /// <summary>Releases, the latest first.</summary>
    public async Task<ReleasePage> ReleasesAsync(string? state, string? partner, string? record, string? after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var query = db.Releases.AsNoTracking();
        if (state is not null && Named<ReleaseState>("state", state) is var wanted)
            query = query.Where(release => release.State == wanted);
        if (partner is not null)
            query = query.Where(release => release.PartnerId == partner);
        if (record is not null)
            query = query.Where(release => release.RecordId == record);
        if (after is not null)
            query = query.Where(release => string.Compare(release.Id, after) < 0);
        var page = await query.OrderByDescending(release => release.Id).Take(limit + 1).Join(db.Records, release => release.RecordId, held => held.Id, (release, held) => new { release, held.Caption })
            .OrderByDescending(each => each.release.Id).ToListAsync(cancel).ConfigureAwait(false);
        return new ReleasePage([.. page.Take(limit).Select(each => View(each.release, each.Caption))], page.Count > limit ? page[limit - 1].release.Id : null);
    }

    /// <summary>A release.</summary>
    public async Task<ReleaseView> ReleaseAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such release.");
        return View(release, await db.Records.AsNoTracking().Where(record => record.Id == release.RecordId).Select(record => record.Caption).SingleAsync(cancel).ConfigureAwait(false));
    }

    /// <summary>Why a partner has a record, or lacks it.</summary>
    public async Task<WhyView> WhyAsync(string partnerId, string recordId, CancellationToken cancel)
    {
        await using var db = store.Open();
        var partner = await partners.RequireAsync(db, partnerId, cancel).ConfigureAwait(false);
        var record = await RequireAsync(db, recordId, cancel).ConfigureAwait(false);
        var copy = await db.Copies.AsNoTracking().SingleOrDefaultAsync(each => each.RecordId == recordId && each.Holder == partnerId, cancel).ConfigureAwait(false);
        var decided = await db.Releases.AsNoTracking().Where(release => release.RecordId == recordId && release.PartnerId == partnerId).OrderByDescending(release => release.Id).ToListAsync(cancel).ConfigureAwait(false);
        var verdict = record.Marking.Length == 0 ? null : releases.Explain(record, partner, clock.GetUtcNow());
        return new WhyView(partnerId, recordId, copy is null ? null : View(copy, new Dictionary<string, string> { [partnerId] = partner.Row.Name }),
            [.. decided.Select(release => View(release, record.Caption))], verdict is { Allowed: true },
            [.. (verdict?.Rules ?? []).Select(rule => new RuleView(rule.Code, rule.Passed, rule.Parameters))]);
    }

    private RecordView View(HeldRecord record) => RecordView.Of(record, clock.GetUtcNow());

    private static CopyView View(RecordCopy copy, IReadOnlyDictionary<string, string> names) =>
        new(copy.Holder, names.GetValueOrDefault(copy.Holder), copy.Via, copy.Told, copy.Version, copy.ToldAt, copy.State, copy.AnsweredAt, copy.Reason, copy.Receipt);

    private static ReleaseView View(RecordRelease release, string caption) =>
        new(release.Id, release.RecordId, caption, release.PartnerId, [.. release.WithheldProperties().Order(StringComparer.Ordinal)], release.Reason, release.State, release.ProposedBy, release.ProposedAt, release.DecidedBy, release.DecidedAt, release.DecisionReason);

    private static Task<Dictionary<string, string>> NamesAsync(NodeDb db, CancellationToken cancel) =>
        db.Partners.AsNoTracking().ToDictionaryAsync(partner => partner.Id, partner => partner.Name, StringComparer.Ordinal, cancel);

    private static async Task<HeldRecord> RequireAsync(NodeDb db, string id, CancellationToken cancel) =>
        await db.Records.AsNoTracking().SingleOrDefaultAsync(record => record.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such record.");

    private static T Named<T>(string name, string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw RequestException.Bad($"{name}: expected one of {string.Join(", ", Enum.GetNames<T>().Where(each => each != "None").Select(each => each.ToLowerInvariant()))}.");

    /// <summary>A place in a list by time and id.</summary>
    private static class Keyset
    {
        public static string Write(DateTimeOffset at, string id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()}.{id}");

        public static (DateTimeOffset At, string Id)? Read(string? text)
        {
            if (text is null)
                return null;
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            return dot > 0 && long.TryParse(text.AsSpan(0, dot), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var time) && time < 253_402_300_800_000
                ? (DateTimeOffset.FromUnixTimeMilliseconds(time), text[(dot + 1)..])
                : throw RequestException.Bad("after: expected what the page before said as next.");
        }
    }
}
