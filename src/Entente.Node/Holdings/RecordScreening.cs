using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Screening;
using Entente.Node.Store;
using Entente.Records;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Holdings;

/// <summary>Screens against the records that are held, as one dataset beside the public lists.</summary>
/// <remarks>The index over them follows within seconds when records come. One that is recalled or has ended is left out at once: every match is looked up before it is shown.</remarks>
internal sealed class RecordScreening(NodeStore store, Ledger ledger, TimeProvider clock) : IDisposable
{
    /// <summary>The name of the dataset.</summary>
    public const string Dataset = "records";

    private const int IdsAtOnce = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Indexed? _indexed;

    /// <summary>Screens, records it, and raises alerts.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="asked">Who is screened.</param>
    /// <param name="policy">What counts as a match.</param>
    /// <param name="filter">Which records may match; their datasets are the nodes that they come from.</param>
    /// <param name="screening">The id of the screening that this is a part of; null where it is one by itself.</param>
    /// <param name="raise">Whether matches become alerts.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(RecordAnswers Answers, IReadOnlyList<AlertOutcome> Alerts)> ScreenAsync(Actor actor, IReadOnlyList<Asked> asked, MatchPolicy policy, EntityFilter filter, string? screening, bool raise, CancellationToken cancel)
    {
        var records = await CurrentAsync(isFresh: false, cancel).ConfigureAwait(false);
        var found = ScreeningService.Answer(records, [.. asked.Select(one => one.Keyed)], policy, filter, cancel);
        return await ledger.ActAsync(actor, async act =>
        {
            var answers = await HeldAsync(act, new ScreeningResult(screening ?? NodeId.New(act.At), act.At, records, policy, filter, found), cancel).ConfigureAwait(false);
            act.RecordJson(AuditAction.RecordsScreened, $"screening:{answers.Result.Id}", ScreeningPayload.Write(answers.Result));
            return (answers, raise ? await RaiseAsync(act, answers, asked, cancel).ConfigureAwait(false) : []);
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Raises alerts from a screening, where the records that matched are still held.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="answers">The screening.</param>
    /// <param name="asked">Who was screened.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Actor actor, RecordAnswers answers, IReadOnlyList<Asked> asked, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
        await RaiseAsync(act, await HeldAsync(act, answers.Result, cancel).ConfigureAwait(false), asked, cancel).ConfigureAwait(false), cancel);

    /// <summary>Screens for monitoring: only where something matched, or has to be withdrawn, anything but the record of it comes of it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="against">The records.</param>
    /// <param name="asked">Who is screened; each subject key once.</param>
    /// <param name="policy">What counts as a match.</param>
    /// <param name="counts">Which matches count; null for all.</param>
    /// <param name="covers">Of which alerts the answers are all matches there are: those on others are withdrawn.</param>
    /// <param name="within">What belongs to the same act; says of whom the answers still hold. Null for of all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task ScreenAsync(Actor actor, LoadedLists against, IReadOnlyList<Asked> asked, MatchPolicy policy, Func<Asked, Match, bool>? counts, Func<Alert, bool> covers, Func<Act, Task<Func<Asked, bool>>>? within, CancellationToken cancel)
    {
        var found = ScreeningService.Answer(against, [.. asked.Select(one => one.Keyed)], policy, EntityFilter.All, cancel);
        await ledger.ActAsync(actor, async act =>
        {
            var holds = within is null ? _ => true : await within(act).ConfigureAwait(false);
            (Asked Asked, QueryAnswer Answer)[] still = [.. asked.Zip(found).Where(pair => holds(pair.First))];
            if (still.Length == 0)
                return;
            var result = new ScreeningResult(NodeId.New(act.At), act.At, against, policy, EntityFilter.All, [.. still.Select(pair => pair.Answer)]);
            var held = await HeldAsync(act, result, cancel).ConfigureAwait(false);
            act.RecordJson(AuditAction.RecordsScreened, $"screening:{result.Id}", ScreeningPayload.Write(held.Result));
            // An alert that rests on a record that is gone was opened again for that, and is for a person.
            string[] keys = [.. still.Select(pair => pair.Asked.SubjectKey)];
            var gone = await act.Db.Alerts.Where(alert => keys.Contains(alert.SubjectKey)).Join(act.Db.Records.Where(record => record.State != RecordState.Held || record.KeptUntil <= act.At), alert => alert.EntityId, record => record.Id, (_, record) => record.Id)
                .ToListAsync(cancel).ConfigureAwait(false);
            await AlertWriter.ApplyAsync(act, against, $"screening:{result.Id}", [.. still.Zip(held.Result.Answers, (pair, answer) => new Screened(pair.Asked.SubjectKey, pair.Asked.Caption, pair.Asked.Query,
                counts is null ? answer.Matches : [.. answer.Matches.Where(match => counts(pair.Asked, match))], alert => covers(alert) && !gone.Contains(alert.EntityId), pair.Asked.Reference))], cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
    }

    public void Dispose() => _one.Dispose();

    private static async Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Act act, RecordAnswers answers, IReadOnlyList<Asked> asked, CancellationToken cancel) =>
        await AlertWriter.ApplyAsync(act, answers.Result.Lists, $"screening:{answers.Result.Id}", [.. Asked.With(asked, answers.Result.Answers).DistinctBy(one => one.SubjectKey, StringComparer.Ordinal)], cancel).ConfigureAwait(false);

    /// <summary>Looks up every match: only those that are held count.</summary>
    private static async Task<RecordAnswers> HeldAsync(Act act, ScreeningResult found, CancellationToken cancel)
    {
        var held = ImmutableDictionary.CreateBuilder<string, RecordView>(StringComparer.Ordinal);
        foreach (var some in found.Answers.SelectMany(answer => answer.Matches).Select(match => match.Entity.Id).Distinct(StringComparer.Ordinal).Chunk(IdsAtOnce))
        {
            foreach (var record in await act.Db.Records.AsNoTracking().Where(record => some.Contains(record.Id) && record.State == RecordState.Held && record.KeptUntil > act.At).ToListAsync(cancel).ConfigureAwait(false))
                held[record.Id] = RecordView.OfAllSaid(record, act.At);
        }
        return new RecordAnswers(found with { Answers = [.. found.Answers.Select(answer => answer with { Matches = [.. answer.Matches.Where(match => held.ContainsKey(match.Entity.Id))] })] }, held.ToImmutable());
    }

    /// <summary>All records that are held, with the index over them.</summary>
    /// <param name="isFresh">Whether as they are now; else as they were within the last seconds.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<LoadedLists> CurrentAsync(bool isFresh, CancellationToken cancel)
    {
        if (!isFresh && _indexed is { } fresh && clock.GetElapsedTime(fresh.LookedAt) < LookEvery)
            return fresh.Records;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (!isFresh && _indexed is { } known && clock.GetElapsedTime(known.LookedAt) < LookEvery)
                return known.Records;
            var lookedAt = clock.GetTimestamp();
            await using var db = store.Open();
            var held = db.Records.AsNoTracking().Where(record => record.State == RecordState.Held);
            var stamp = $"{await held.CountAsync(cancel).ConfigureAwait(false)} {await held.MaxAsync(record => (DateTimeOffset?)record.ChangedAt, cancel).ConfigureAwait(false):O}";
            var records = _indexed is { } same && same.Stamp == stamp ? same.Records : null;
            if (records is null)
            {
                var rows = await held.OrderBy(record => record.Id).ToListAsync(cancel).ConfigureAwait(false);
                records = Index(rows, [.. rows.Select(ToEntity)], clock.GetUtcNow());
            }
            _indexed = new Indexed(stamp, lookedAt, records);
            return records;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Some records, with an index over them.</summary>
    /// <param name="records">The records.</param>
    /// <param name="entities">The same as entities.</param>
    /// <param name="now">As of when.</param>
    public static LoadedLists Index(IReadOnlyList<HeldRecord> records, IReadOnlyList<Entity> entities, DateTimeOffset now)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', records.Select(record => $"{record.Id} {record.Hash}")))))[..32];
        return LoadedLists.Of(id,
            new ListMetadata { Dataset = Dataset, Title = "Records of this node and its partners" },
            new ListVersion { Dataset = Dataset, Title = "Records of this node and its partners", PublishedAt = now, Entities = records.Count },
            entities);
    }

    /// <summary>A record as an entity, whose dataset is the node that it comes from.</summary>
    public static Entity ToEntity(HeldRecord record)
    {
        var builder = new EntityBuilder(record.Id, record.Schema, record.Originator);
        foreach (var statement in record.ReadStatements())
            builder.Add(statement.Property, statement.Value, statement.Lang, statement.OriginalValue);
        return builder.Build();
    }

    private sealed record Indexed(string Stamp, long LookedAt, LoadedLists Records);
}

/// <summary>What was found among the records that are held.</summary>
/// <param name="Result">The screening.</param>
/// <param name="Records">The records that match or come near, by id.</param>
internal sealed record RecordAnswers(ScreeningResult Result, ImmutableDictionary<string, RecordView> Records);
