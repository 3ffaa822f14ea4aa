using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Screening;
using Entente.Node.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary>Makes screenings of the past again, with the lists and by the policy of then, and compares.</summary>
/// <remarks>One at a time: former lists are loaded beside those in use.</remarks>
/// <param name="store">Where the trail is.</param>
/// <param name="ledger">Where the replay is recorded.</param>
/// <param name="options">Where the lists are.</param>
/// <param name="clock">The clock.</param>
internal sealed class ScreeningReplay(NodeStore store, Ledger ledger, NodeOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Makes a screening again. That it was done is recorded, without what was asked.</summary>
    /// <param name="actor">Who wants to know.</param>
    /// <param name="id">The screening's id, with or without <c>screening:</c> before it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null where the trail holds no such screening.</returns>
    public async Task<ReplayOutcome?> ReplayAsync(Actor actor, string id, CancellationToken cancel)
    {
        var about = id.StartsWith("screening:", StringComparison.Ordinal) ? id : $"screening:{id}";
        await using var db = store.Open();
        var entry = await db.Audit.AsNoTracking().Where(e => e.About == about && e.Action == AuditAction.ScreeningMade).OrderBy(e => e.Seq).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
        if (entry is null)
            return null;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var outcome = await ReplayAsync(db, entry, cancel).ConfigureAwait(false);
            var payload = new { verdict = outcome.Verdict, differences = outcome.Differences.Count, engine = outcome.Engine, policy = outcome.Policy };
            await ledger.RecordAsync(actor, AuditAction.ScreeningReplayed, about, JsonSerializer.Serialize(payload, NodeJson.Options), cancel).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ReplayOutcome> ReplayAsync(NodeDb db, AuditEntry entry, CancellationToken cancel)
    {
        var outcome = new ReplayOutcome
        {
            Id = entry.About["screening:".Length..],
            Seq = entry.Seq,
            At = entry.At,
            Actor = entry.Actor,
            Engine = new ThenAndNow(null, NowEngine),
            Policy = new ThenAndNow(null, ""),
            Lists = [],
            Differences = [],
            Problems = [],
        };
        if (entry.Payload is not { } payload || entry.Salt is not { } salt)
            return outcome with { Problems = ["What was asked and answered was erased from the trail, by a rule of retention. Nothing is left to make again."] };
        if (!AuditChain.Digest(salt, payload).AsSpan().SequenceEqual(entry.PayloadDigest) || !AuditChain.HashOf(entry).AsSpan().SequenceEqual(entry.Hash))
            return outcome with { Problems = [$"Entry {entry.Seq.ToString(CultureInfo.InvariantCulture)} was changed since it was written: what it says proves nothing. Verify the trail."] };
        ReplayedScreening screening;
        try
        {
            screening = ReplayedScreening.Read(payload);
        }
        catch (JsonException fault)
        {
            return outcome with { Problems = [$"Entry {entry.Seq.ToString(CultureInfo.InvariantCulture)} is not what this version writes of a screening: {fault.Message}"] };
        }
        var policy = screening.NewPolicy();
        outcome = outcome with
        {
            Engine = new ThenAndNow(screening.Engine is { } engine ? $"{engine.Version} {engine.Build}" : null, NowEngine),
            Policy = new ThenAndNow(screening.Policy.Hash, policy.Hash),
            Queries = screening.Queries.Length,
            Results = screening.Queries.Sum(query => query.Results.Length),
        };
        var used = screening.Lists is { } listsId ? await db.ListsUsed.AsNoTracking().SingleOrDefaultAsync(lists => lists.Id == listsId, cancel).ConfigureAwait(false) : null;
        if (used is null)
            return outcome with { Problems = ["The store does not say which versions of the lists it was made with."] };
        var versions = JsonSerializer.Deserialize<ImmutableArray<ListVersion>>(used.Versions, NodeJson.Options);
        outcome = outcome with { Lists = [.. versions.Select(version => version.Label)] };
        return Load(versions, cancel, out var problems) is { } lists
            ? Compare(outcome, screening, ScreeningService.Answer(lists, [.. screening.Queries.Select(query => query.ToQuery())], policy, screening.Filter ?? EntityFilter.All, cancel))
            : outcome with { Problems = problems };
    }

    private static string NowEngine => $"{EngineVersion.Text} {EngineVersion.Build}";

    /// <summary>The lists of then, or what of them is missing.</summary>
    private LoadedLists? Load(ImmutableArray<ListVersion> versions, CancellationToken cancel, out IReadOnlyList<string> problems)
    {
        var loader = new ListLoader { DataFolder = options.DataFolder, SampleFile = options.SampleList, Time = clock };
        var missing = new List<string>();
        problems = missing;
        try
        {
            if (versions is [{ Dataset: "sample" } sample])
            {
                var lists = loader.LoadFiles([options.SampleList], stop: cancel);
                if (lists.Versions[0].Sha256 == sample.Sha256)
                    return lists;
                missing.Add("It was made with another sample list than the one that ships with this version.");
                return null;
            }
            var snapshots = new SnapshotStore(options.DataFolder);
            var found = new List<Snapshot>();
            foreach (var version in versions)
            {
                if (version.Sha256 is { } hash && snapshots.Versions(version.Dataset).FirstOrDefault(snapshot => snapshot.Manifest.Sha256 == hash) is { } snapshot)
                    found.Add(snapshot);
                else
                    missing.Add($"The stored version {version.Label} is no longer kept under {Path.Combine(snapshots.Folder, version.Dataset)}. If you have the file, `entente lists add` brings it back.");
            }
            return missing.Count == 0 ? loader.LoadVersions(found, stop: cancel) : null;
        }
        catch (Exception fault) when (fault is SnapshotException or ListFormatException or DeskException or IOException or UnauthorizedAccessException)
        {
            missing.Add($"The lists of then cannot be loaded: {fault.Message}");
            return null;
        }
    }

    private static ReplayOutcome Compare(ReplayOutcome outcome, ReplayedScreening screening, ImmutableArray<QueryAnswer> answers)
    {
        var differences = new List<ReplayDifference>();
        for (var at = 0; at < answers.Length; at++)
            Compare(at + 1, screening.Queries[at], answers[at], differences);
        var problems = new List<string>();
        if (!outcome.Engine.Same)
            problems.Add($"It was made with another build of the engine ({outcome.Engine.Then ?? "not said"}) than the one at work now ({outcome.Engine.Now}).");
        if (!outcome.Policy.Same)
            problems.Add($"Threshold, cutoff and limit are those of then; weights, rules or tables of names are not (policy {outcome.Policy.Then ?? "not said"} then, {outcome.Policy.Now} now).");
        if (problems.Count > 0)
        {
            problems.Add(differences.Count == 0
                ? "The same came out all the same."
                : "To see exactly what was seen then, replay it with the version of Entente that made it.");
        }
        return outcome with { Verdict = differences.Count == 0 ? ReplayVerdict.Same : ReplayVerdict.Different, Differences = differences, Problems = problems };
    }

    private static void Compare(int query, ReplayedScreening.ScreenedQuery then, QueryAnswer now, List<ReplayDifference> differences)
    {
        if (then.Comparable != now.IsComparable)
            differences.Add(new ReplayDifference(query, null, null, null, $"Query {N(query)}: {(then.Comparable ? "it was screened then; now nothing in it can be compared" : "nothing in it could be compared then; now it can")}."));
        var before = differences.Count;
        foreach (var result in then.Results)
        {
            if (now.Matches.FirstOrDefault(match => match.Entity.Id == result.Id) is not { } match)
                differences.Add(new ReplayDifference(query, result.Id, result.Score, null, $"Query {N(query)}: {result.Id} was a result with {Score(result.Score)}; now it is none."));
            else if (match.Score != result.Score || match.Weight != result.Weight)
                differences.Add(new ReplayDifference(query, result.Id, result.Score, match.Score, $"Query {N(query)}: {result.Id} scored {Score(result.Score)} ({Bits(result.Weight)} bits); now {Score(match.Score)} ({Bits(match.Weight)} bits)."));
        }
        foreach (var match in now.Matches.Where(match => !then.Results.Any(result => result.Id == match.Entity.Id)))
            differences.Add(new ReplayDifference(query, match.Entity.Id, null, match.Score, $"Query {N(query)}: {match.Entity.Id} was no result; now it scores {Score(match.Score)}."));
        if (differences.Count == before && !then.Results.Select(result => result.Id).SequenceEqual(now.Matches.Select(match => match.Entity.Id)))
            differences.Add(new ReplayDifference(query, null, null, null, $"Query {N(query)}: the same results in another order."));
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Score(double score) => score.ToString("R", CultureInfo.InvariantCulture);

    private static string Bits(double weight) => weight.ToString("R", CultureInfo.InvariantCulture);
}
