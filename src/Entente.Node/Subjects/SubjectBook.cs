using System.Collections.Immutable;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Monitoring;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Records;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Subjects;

/// <summary>What became of a subject that was put in the book.</summary>
internal enum SubjectEffect
{
    /// <summary>It was not in the book.</summary>
    Added,

    /// <summary>Its facts are others now.</summary>
    Changed,

    /// <summary>It was there with the same facts.</summary>
    Unchanged,
}

/// <summary>Somebody to be put in the book.</summary>
/// <param name="Reference">How the owner's system knows it.</param>
/// <param name="Query">What is known of it.</param>
internal sealed record SubjectEntry(string Reference, Query Query);

/// <summary>What came of putting subjects in the book, in the order in which they were given.</summary>
/// <param name="Subjects">Each with what became of it.</param>
/// <param name="Alerts">What became of alerts.</param>
internal sealed record BookChange(IReadOnlyList<(Subject Subject, SubjectEffect Effect)> Subjects, IReadOnlyList<AlertOutcome> Alerts);

/// <summary>The book of monitored subjects: whoever enters it is screened at once.</summary>
internal sealed class SubjectBook(NodeStore store, Ledger ledger, ListsInUse lists, SettingsService settings, TimeProvider clock)
{
    /// <summary>Most entries in one act.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>Longest reference.</summary>
    public const int LongestReference = 200;

    /// <summary>What subjects are screened by: all that reaches the threshold counts, and nothing else.</summary>
    public MatchPolicy Policy => settings.BookPolicy();

    /// <summary>Refuses what cannot be a reference.</summary>
    public static void CheckReference(string reference)
    {
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > LongestReference || reference.Any(char.IsControl) || reference != reference.Trim())
            throw RequestException.Bad($"A reference is 1 to {LongestReference} characters, without control characters and without spaces around it.");
    }

    /// <summary>Puts subjects in the book, by their references: again with the same facts changes nothing.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="entries">At most <see cref="MostAtOnce"/>, each reference once.</param>
    /// <param name="import">The import they are part of; null for none.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<BookChange> PutAsync(Actor actor, IReadOnlyList<SubjectEntry> entries, string? import, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, MostAtOnce, nameof(entries));
        foreach (var entry in entries)
            Check(entry);
        while (true)
        {
            var loaded = lists.Require();
            var known = await KnownAsync(entries, cancel).ConfigureAwait(false);
            ImmutableArray<SubjectEntry> fresh = [.. entries.Where(entry => !(known.TryGetValue(entry.Reference, out var facts) && facts == SubjectKeys.FactsOf(entry.Query)))];
            var at = clock.GetUtcNow();
            var answers = ScreeningService.Answer(loaded, [.. fresh.Select(entry => new KeyedQuery(entry.Reference, entry.Query))], Policy, EntityFilter.All, cancel);
            var result = new ScreeningResult(NodeId.New(at), at, loaded, Policy, EntityFilter.All, answers);
            var change = await ledger.ActAsync(actor, act => WriteAsync(act, entries, result, import, cancel), cancel).ConfigureAwait(false);
            if (change is null)
                continue; // other lists came into use meanwhile, or somebody else changed a subject
            return change;
        }
    }

    /// <summary>Takes a subject out of the book; decisions on it stay.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RemoveAsync(Actor actor, string reference, CancellationToken cancel)
    {
        await ledger.ActAsync(actor, async act =>
        {
            var subject = await act.Db.Subjects.SingleOrDefaultAsync(one => one.Reference == reference && !one.Removed, cancel).ConfigureAwait(false)
                ?? throw RequestException.NotFound("There is no such subject.");
            subject.Removed = true;
            subject.ChangedAt = act.At;
            subject.Revision = await LastRevisionAsync(act.Db, cancel).ConfigureAwait(false) + 1;
            act.Db.SubjectMatches.RemoveRange(await act.Db.SubjectMatches.Where(match => match.SubjectId == subject.Id).ToListAsync(cancel).ConfigureAwait(false));
            act.Record(AuditAction.SubjectRemoved, $"subject:{subject.Id}", new { reference });
            if (lists.Current is { } loaded)
                await AlertWriter.ApplyAsync(act, loaded, "", [new Screened(SubjectKeys.OfSubject(subject.Id), subject.Caption, QueryFacts.Read(subject.Schema, subject.Properties), [], Covers: _ => true)], cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>The last number given to a change of the book.</summary>
    internal static async Task<long> LastRevisionAsync(NodeDb db, CancellationToken cancel) =>
        await db.Subjects.MaxAsync(subject => (long?)subject.Revision, cancel).ConfigureAwait(false) ?? 0;

    private async Task<BookChange?> WriteAsync(Act act, IReadOnlyList<SubjectEntry> entries, ScreeningResult result, string? import, CancellationToken cancel)
    {
        if (!ReferenceEquals(lists.Current, result.Lists))
            return null;
        string[] references = [.. entries.Select(entry => entry.Reference)];
        var known = new Dictionary<string, Subject>(StringComparer.Ordinal);
        foreach (var some in references.Chunk(400))
        {
            foreach (var subject in await act.Db.Subjects.Where(subject => some.Contains(subject.Reference)).ToListAsync(cancel).ConfigureAwait(false))
                known[subject.Reference] = subject;
        }
        var answers = result.Answers.ToDictionary(answer => answer.Asked.Key, StringComparer.Ordinal);
        var revision = await LastRevisionAsync(act.Db, cancel).ConfigureAwait(false);
        var done = new List<(Subject, SubjectEffect)>(entries.Count);
        var screened = new List<ScreenedSubject>();
        foreach (var entry in entries)
        {
            var facts = SubjectKeys.FactsOf(entry.Query);
            var subject = known.GetValueOrDefault(entry.Reference);
            if (subject is { Removed: false } && subject.Facts == facts)
            {
                done.Add((subject, SubjectEffect.Unchanged));
                continue;
            }
            if (!answers.TryGetValue(entry.Reference, out var answer))
                return null;
            var added = subject is null || subject.Removed;
            var isNew = subject is null;
            if (subject is null)
            {
                subject = new Subject { Id = NodeId.New(act.At), Reference = entry.Reference, Schema = "", Caption = "", Properties = "", Facts = "", SearchText = "", CreatedAt = act.At };
                act.Db.Subjects.Add(subject);
            }
            var before = added ? null : subject.Properties;
            Fill(subject, entry, facts, ++revision, act.At);
            if (import is null)
                act.Record(added ? AuditAction.SubjectAdded : AuditAction.SubjectChanged, $"subject:{subject.Id}", new { reference = subject.Reference, schema = subject.Schema, before = Json(before), properties = Json(subject.Properties) });
            done.Add((subject, added ? SubjectEffect.Added : SubjectEffect.Changed));
            screened.Add(new ScreenedSubject(subject, answer, isNew));
        }
        if (screened.Count == 0)
            return new BookChange(done, []);
        if (import is not null)
            act.Record(AuditAction.SubjectsImported, $"import:{import}", new { added = Ids(SubjectEffect.Added), changed = Ids(SubjectEffect.Changed), screening = result.Id });
        await Baseline.EnsureAsync(act, result.Lists, result.Policy, cancel).ConfigureAwait(false);
        screened = await AdoptAsync(act, screened, cancel).ConfigureAwait(false);
        var outcome = await BookWriter.ApplyAsync(act, result with { Answers = [.. screened.Select(one => one.Answer)] }, screened, cancel).ConfigureAwait(false);
        return new BookChange(done, outcome.Alerts);

        string[] Ids(SubjectEffect effect) => [.. done.Where(one => one.Item2 == effect).Select(one => one.Item1.Id)];
    }

    /// <summary>Alerts that were raised on somebody by reference, before it was put in the book, are the subject's.</summary>
    private static async Task<List<ScreenedSubject>> AdoptAsync(Act act, List<ScreenedSubject> screened, CancellationToken cancel)
    {
        var byKey = screened.Where(one => one.IsNew).ToDictionary(one => SubjectKeys.OfReference(one.Subject.Reference), StringComparer.Ordinal);
        var adopted = new HashSet<Subject>();
        foreach (var some in byKey.Keys.Chunk(400))
        {
            foreach (var alert in await act.Db.Alerts.Where(alert => some.Contains(alert.SubjectKey)).ToListAsync(cancel).ConfigureAwait(false))
            {
                var subject = byKey[alert.SubjectKey].Subject;
                alert.SubjectKey = SubjectKeys.OfSubject(subject.Id);
                adopted.Add(subject);
            }
        }
        if (adopted.Count == 0)
            return screened;
        await act.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        return [.. screened.Select(one => adopted.Contains(one.Subject) ? one with { IsNew = false } : one)];
    }

    private static void Fill(Subject subject, SubjectEntry entry, string facts, long revision, DateTimeOffset at)
    {
        subject.Schema = entry.Query.Schema;
        subject.Caption = entry.Query.Names[0];
        subject.Properties = JsonSerializer.Serialize(QueryFacts.Properties(entry.Query), NodeJson.Options);
        subject.SearchText = string.Join('\n', entry.Query.Names.Append(entry.Reference)).ToLowerInvariant();
        subject.Facts = facts;
        subject.Revision = revision;
        subject.Removed = false;
        subject.ChangedAt = at;
    }

    private async Task<Dictionary<string, string>> KnownAsync(IReadOnlyList<SubjectEntry> entries, CancellationToken cancel)
    {
        await using var db = store.Open();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in entries.Select(entry => entry.Reference).Chunk(400))
        {
            foreach (var subject in await db.Subjects.AsNoTracking().Where(subject => !subject.Removed && some.Contains(subject.Reference)).Select(subject => new { subject.Reference, subject.Facts }).ToListAsync(cancel).ConfigureAwait(false))
                known[subject.Reference] = subject.Facts;
        }
        return known;
    }

    private static void Check(SubjectEntry entry)
    {
        CheckReference(entry.Reference);
        if (!Schemata.IsMatchable(entry.Query.Schema))
            throw RequestException.Bad($"schema: '{entry.Query.Schema}' is not a schema of somebody or something that is listed; usual ones are Person, Organization, Company, LegalEntity, Vessel.");
    }

    private static JsonElement? Json(string? text)
    {
        if (text is null)
            return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
