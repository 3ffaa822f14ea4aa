using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Records;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Monitoring;

/// <summary>How large the parts of the index over the subjects are.</summary>
internal sealed record SubjectIndexSizes
{
    /// <summary>Most subjects in one part: what it takes in memory is in the tens of megabytes.</summary>
    public int MostInSegment { get; init; } = 50_000;

    /// <summary>Fewer that are in no part are indexed in memory when they are needed.</summary>
    public int WorthKeeping { get; init; } = 20_000;
}

/// <summary>The index over the subjects: parts on the disk, one or two of which are in memory while they are searched.</summary>
/// <remarks>Nothing depends on it but time: what is missing, damaged or of another version is made anew from the store.</remarks>
internal sealed class SubjectIndex(NodeStore store, Ledger ledger, NodeOptions options, SubjectIndexSizes sizes, TimeProvider clock, ILogger<SubjectIndex> log) : IDisposable
{
    private readonly string _folder = Path.Combine(options.DataFolder, "subject-index");
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Ids of subjects that may match one of these entities, as far as the book went at the given revision.</summary>
    /// <param name="listed">The listed entities.</param>
    /// <param name="policy">Whose threshold they are to reach.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<HashSet<string>> FindAsync(ImmutableArray<Entity> listed, MatchPolicy policy, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (listed.IsEmpty)
            return found;
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var segments = await BringUpToDateAsync(cancel).ConfigureAwait(false);
            var through = segments.Count == 0 ? 0 : segments[^1].Through;
            // Two at a time: one is read while the other is searched.
            await Parallel.ForEachAsync(segments, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel }, async (segment, stop) =>
            {
                if (Read(segment) is not { } index)
                {
                    index = (await BuildAsync(segment.After, segment.Through, stop).ConfigureAwait(false)).Index;
                    Write(segment, index);
                }
                Search(index, stop);
            }).ConfigureAwait(false);
            Search((await BuildAsync(through, long.MaxValue, cancel).ConfigureAwait(false)).Index, cancel);
            return found;
        }
        finally
        {
            _one.Release();
        }

        void Search(ScreeningIndex index, CancellationToken stop)
        {
            var search = new SubjectSearch(index, policy);
            foreach (var entity in listed)
            {
                stop.ThrowIfCancellationRequested();
                var some = search.Find(entity);
                if (some.Count == 0)
                    continue;
                lock (found)
                    found.UnionWith(some);
            }
        }
    }

    /// <summary>Makes the parts that are worth keeping, so that less is to do when lists change.</summary>
    /// <param name="cancel">Gives up; what is made so far stays.</param>
    public async Task MaintainAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await BringUpToDateAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<List<SubjectSegment>> BringUpToDateAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(_folder);
        var (segments, live) = await KnownAsync(cancel).ConfigureAwait(false);
        // Mostly of those who changed since: begin anew. So too where a file is gone.
        var stale = segments.Sum(segment => (long)segment.Subjects) > (live * 3L / 2) + sizes.WorthKeeping;
        var missing = segments.Exists(segment => !File.Exists(PathOf(segment)));
        if (stale || missing)
            segments = await ReplaceAsync(segments, null, cancel).ConfigureAwait(false);
        while (true)
        {
            var last = segments.Count == 0 ? null : segments[^1];
            var tail = await CountAsync(last?.Through ?? 0, cancel).ConfigureAwait(false);
            if (tail < sizes.WorthKeeping)
                break;
            // A short part grows until it is full.
            var grows = last is not null && last.Subjects < sizes.MostInSegment - sizes.WorthKeeping ? last : null;
            var after = grows?.After ?? last?.Through ?? 0;
            var (index, through, count) = await BuildAsync(after, long.MaxValue, cancel, sizes.MostInSegment).ConfigureAwait(false);
            var segment = new SubjectSegment { Id = NodeId.New(clock.GetUtcNow()), After = after, Through = through, Subjects = count };
            Write(segment, index);
            segments = await ReplaceAsync(grows is null ? [] : [grows], segment, cancel).ConfigureAwait(false);
        }
        Sweep(segments);
        return segments;
    }

    private async Task<(List<SubjectSegment> Segments, long Live)> KnownAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return (await db.Set<SubjectSegment>().AsNoTracking().OrderBy(segment => segment.Through).ToListAsync(cancel).ConfigureAwait(false),
            await db.Subjects.LongCountAsync(subject => !subject.Removed, cancel).ConfigureAwait(false));
    }

    private async Task<long> CountAsync(long after, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Subjects.LongCountAsync(subject => subject.Revision > after && !subject.Removed, cancel).ConfigureAwait(false);
    }

    /// <summary>Which parts there are is a matter of the machine, and no act of anybody: it is not in the audit trail.</summary>
    private async Task<List<SubjectSegment>> ReplaceAsync(List<SubjectSegment> gone, SubjectSegment? made, CancellationToken cancel) =>
        await ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            var ids = gone.ConvertAll(segment => segment.Id);
            var segments = await act.Db.Set<SubjectSegment>().OrderBy(segment => segment.Through).ToListAsync(cancel).ConfigureAwait(false);
            act.Db.RemoveRange(segments.Where(segment => ids.Contains(segment.Id)));
            if (made is not null)
                act.Db.Add(made);
            return segments.Where(segment => !ids.Contains(segment.Id)).Concat(made is null ? [] : [made]).ToList();
        }, cancel).ConfigureAwait(false);

    private async Task<(ScreeningIndex Index, long Through, int Count)> BuildAsync(long after, long through, CancellationToken cancel, int most = int.MaxValue)
    {
        await using var db = store.Open();
        var indexed = new List<(string Id, Query Query)>();
        var last = after;
        var subjects = db.Subjects.AsNoTracking().Where(subject => subject.Revision > after && subject.Revision <= through && !subject.Removed)
            .OrderBy(subject => subject.Revision).Take(most).Select(subject => new { subject.Id, subject.Schema, subject.Properties, subject.Revision }).AsAsyncEnumerable();
        await foreach (var subject in subjects.WithCancellation(cancel).ConfigureAwait(false))
        {
            indexed.Add((subject.Id, QueryFacts.Read(subject.Schema, subject.Properties)));
            last = subject.Revision;
        }
        return (SubjectSearch.Index(indexed), last, indexed.Count);
    }

    private ScreeningIndex? Read(SubjectSegment segment)
    {
        try
        {
            using var stream = new FileStream(PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            return ScreeningIndex.Read(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            if (log.IsEnabled(LogLevel.Information))
                log.LogInformation("A part of the index over the subjects is made anew: {Problem}", fault.Message);
            return null;
        }
    }

    private void Write(SubjectSegment segment, ScreeningIndex index)
    {
        var path = PathOf(segment);
        var incoming = path + ".part";
        using (var stream = new FileStream(incoming, FileMode.Create, FileAccess.Write))
        {
            index.Write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(incoming, path, overwrite: true);
    }

    private void Sweep(List<SubjectSegment> segments)
    {
        var known = segments.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !known.Contains(file)).ToList())
            File.Delete(file);
    }

    private string PathOf(SubjectSegment segment) => Path.Combine(_folder, segment.Id + ".index");
}
