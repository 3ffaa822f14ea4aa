using System.Security.Cryptography;
using System.Text.Json;
using Entente.Desk;
using Entente.Desk.Bulk;
using Entente.Desk.Lists;
using Entente.Desk.Rows;
using Entente.Node.Access;

namespace Entente.Node.Bulk;

/// <summary>What came out of a job.</summary>
/// <param name="Rows">Rows answered.</param>
/// <param name="Matched">Rows that matched.</param>
/// <param name="Unscreened">Rows that could not be screened.</param>
/// <param name="Bytes">Bytes of the result.</param>
/// <param name="Sha256">SHA-256 of the result, in lower-case hex.</param>
internal sealed record BulkOutcome(long Rows, long Matched, long Unscreened, long Bytes, string Sha256);

/// <summary>Screens the file of one job, or goes on where an earlier process was stopped.</summary>
/// <param name="job">The job.</param>
/// <param name="folder">Its files.</param>
/// <param name="lists">What to screen against.</param>
/// <param name="clock">The clock.</param>
internal sealed class BulkScreening(BulkJob job, BulkFolder folder, LoadedLists lists, TimeProvider clock)
{
    private readonly BulkOptions _options = BulkOptions.Of(job);

    /// <summary>How many rows are screened at the same time.</summary>
    public required int Threads { get; init; }

    /// <summary>On which threads.</summary>
    public required TaskScheduler Scheduler { get; init; }

    /// <summary>Makes alerts of matches; null where nothing does.</summary>
    public IBulkAlerts? Alerts { get; init; }

    /// <summary>Told how many more rows were answered.</summary>
    public Action<long> Answered { get; init; } = _ => { };

    /// <summary>Told why the answers of an earlier process are of no use.</summary>
    public required Action<string> BegunAnew { get; init; }

    /// <summary>Screens.</summary>
    /// <param name="live">Told how it goes.</param>
    /// <param name="stop">Ends it early; another process can go on with what was written.</param>
    /// <exception cref="DeskException">It cannot be done.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<BulkOutcome> RunAsync(LiveJob live, CancellationToken stop)
    {
        var path = folder.Input ?? throw new DeskException("The uploaded file is no longer there.");
        var name = Path.GetFileName(path);
        using var input = RowFile.Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), name, _options.Schema);
        using var output = BulkOutput.Open(folder.Result, Stream.Null, clock);
        var basis = await Task.Run(() => BulkBasis.Of(name, input, _options.Schema, _options.Policy(), lists, stop), stop).ConfigureAwait(false)
            ?? throw new DeskException("The lists in use cannot be told apart from others, so that the result could not be proved.");
        if (basis.InputSha256 != job.InputSha256)
            throw Changed();
        await Task.Run(() => Begin(output, basis, stop), stop).ConfigureAwait(false);

        BulkRun run = null!; // set before anything is reported
        var counted = output.Before.Rows;
        run = new BulkRun(input, output, lists, _options.Policy())
        {
            Threads = Threads,
            Scheduler = Scheduler,
            Progress = share =>
            {
                live.Report(run.Rows, share, run.Matched, run.Faults);
                Answered(run.Rows - counted);
                counted = run.Rows;
            },
            Matches = _options.Alerts && Alerts is not null ? RaiseAsync : null,
        };
        live.Tell(BulkState.Running, run.Rows, 0, run.Matched, run.Faults);
        try
        {
            await run.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            live.Tell(BulkState.Running, run.Rows, live.Look().Progress.Share, run.Matched, run.Faults);
        }
        if (input.HashOfRead() != basis.InputSha256)
        {
            output.Discard();
            throw Changed();
        }
        output.Complete();
        return await OutcomeAsync(run, stop).ConfigureAwait(false);
    }

    private void Begin(BulkOutput output, BulkBasis basis, CancellationToken stop)
    {
        if (output is { HasAnswers: true, HasBasis: true })
        {
            try
            {
                var differences = output.Resume(basis, stop);
                if (differences.IsEmpty)
                    return;
                BegunAnew(string.Join("; ", differences));
            }
            catch (JsonException fault)
            {
                BegunAnew(fault.Message);
            }
        }
        output.Begin(basis);
    }

    private Task RaiseAsync(IReadOnlyList<MatchedRow> rows, CancellationToken cancel) =>
        Alerts!.RaiseAsync(new Actor(job.BegunBy, job.AccountId, new HashSet<Right>()), lists, $"bulk:{job.Id}", rows, cancel); // asked where it is given

    private async Task<BulkOutcome> OutcomeAsync(BulkRun run, CancellationToken stop)
    {
        var result = new FileStream(folder.Result, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        await using (result.ConfigureAwait(false))
        {
            var hash = await SHA256.HashDataAsync(result, stop).ConfigureAwait(false);
            return new BulkOutcome(run.Rows, run.Matched, run.Faults, result.Length, Convert.ToHexStringLower(hash));
        }
    }

    private static DeskException Changed() => new("The uploaded file was changed on the disk: what was received is not what is there. Nothing of it counts as screened.");
}
