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
    /// <param name="asked">Who is screened, under which key alerts on them are kept, and what to call them.</param>
    /// <param name="policy">What counts as a match.</param>
    /// <param name="raise">Whether matches become alerts.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(ScreeningResult Result, IReadOnlyList<AlertOutcome> Alerts)> ScreenAsync(Actor actor, IReadOnlyList<(KeyedQuery Query, string SubjectKey, string Caption)> asked, MatchPolicy policy, bool raise, CancellationToken cancel)
    {
        var records = await CurrentAsync(cancel).ConfigureAwait(false);
        var answers = ScreeningService.Answer(records, [.. asked.Select(one => one.Query)], policy, EntityFilter.All, cancel);
        return await ledger.ActAsync(actor, async act =>
        {
            var held = await HeldAsync(act, [.. answers.SelectMany(answer => answer.Matches).Select(match => match.Entity.Id).Distinct(StringComparer.Ordinal)], cancel).ConfigureAwait(false);
            var result = new ScreeningResult(NodeId.New(act.At), act.At, records, policy, EntityFilter.All,
                [.. answers.Select(answer => answer with { Matches = [.. answer.Matches.Where(match => held.Contains(match.Entity.Id))] })]);
            act.RecordJson(AuditAction.RecordsScreened, $"screening:{result.Id}", ScreeningPayload.Write(result));
            List<AlertOutcome> alerts = raise
                ? await AlertWriter.ApplyAsync(act, records, $"screening:{result.Id}", [.. asked.Zip(result.Answers, (one, answer) => new Screened(one.SubjectKey, one.Caption, one.Query.Query, answer.Matches))], cancel).ConfigureAwait(false)
                : [];
            return (result, (IReadOnlyList<AlertOutcome>)alerts);
        }, cancel).ConfigureAwait(false);
    }

    public void Dispose() => _one.Dispose();

    private static async Task<HashSet<string>> HeldAsync(Act act, string[] ids, CancellationToken cancel)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(IdsAtOnce))
            held.UnionWith(await act.Db.Records.Where(record => some.Contains(record.Id) && record.State == RecordState.Held && record.KeptUntil > act.At).Select(record => record.Id).ToListAsync(cancel).ConfigureAwait(false));
        return held;
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
