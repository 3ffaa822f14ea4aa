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
        var records = await CurrentAsync(cancel).ConfigureAwait(false);
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
                held[record.Id] = RecordView.Of(record, act.At);
        }
        return new RecordAnswers(found with { Answers = [.. found.Answers.Select(answer => answer with { Matches = [.. answer.Matches.Where(match => held.ContainsKey(match.Entity.Id))] })] }, held.ToImmutable());
    }

    private async Task<LoadedLists> CurrentAsync(CancellationToken cancel)
    {
        if (_indexed is { } fresh && clock.GetElapsedTime(fresh.LookedAt) < LookEvery)
            return fresh.Records;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_indexed is { } known && clock.GetElapsedTime(known.LookedAt) < LookEvery)
                return known.Records;
            var lookedAt = clock.GetTimestamp();
            await using var db = store.Open();
            var held = db.Records.AsNoTracking().Where(record => record.State == RecordState.Held);
            var stamp = $"{await held.CountAsync(cancel).ConfigureAwait(false)} {await held.MaxAsync(record => (DateTimeOffset?)record.ChangedAt, cancel).ConfigureAwait(false):O}";
            var records = _indexed is { } same && same.Stamp == stamp
                ? same.Records
                : Index(await held.OrderBy(record => record.Id).ToListAsync(cancel).ConfigureAwait(false));
            _indexed = new Indexed(stamp, lookedAt, records);
            return records;
        }
        finally
        {
            _one.Release();
        }
    }

    private LoadedLists Index(List<HeldRecord> records)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', records.Select(record => $"{record.Id} {record.Hash}")))))[..32];
        var now = clock.GetUtcNow();
        return LoadedLists.Of(id,
            new ListMetadata { Dataset = Dataset, Title = "Records of this node and its partners" },
            new ListVersion { Dataset = Dataset, Title = "Records of this node and its partners", PublishedAt = now, Entities = records.Count },
            [.. records.Select(ToEntity)]);
    }

    private static Entity ToEntity(HeldRecord record)
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
