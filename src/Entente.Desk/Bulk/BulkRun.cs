using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Desk.Bulk;

/// <summary>
/// Screens a file row by row on several threads. Rows are read, screened and written as a stream: what is in memory at any
/// moment is a few batches, whatever the file's size. Answers come in input order.
/// </summary>
/// <remarks>The same for the command line and the node: the same rows, lists and policy give the same bytes.</remarks>
public sealed class BulkRun
{
    private const int RowsPerBatch = 64;

    /// <summary>A batch also ends here, so that rows of a megabyte do not add up.</summary>
    private const int CharactersPerBatch = 1 << 16;

    /// <summary>Batches in the making for each thread: enough that one slow batch does not idle the others.</summary>
    private const int BatchesPerThread = 4;

    /// <summary>A buffer that grew beyond this for once is not kept.</summary>
    private const int MaxPooledBytes = 1 << 20;

    private static readonly TimeSpan PatienceWithReader = TimeSpan.FromSeconds(1);

    private readonly RowFile _input;
    private readonly BulkOutput _output;
    private readonly Screener _screener;
    private readonly ImmutableArray<string> _lists;
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    /// <summary>Makes ready; nothing is read or written yet.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="output">Where the answers go; begun or resumed.</param>
    /// <param name="lists">What is screened against.</param>
    /// <param name="policy">How it is judged.</param>
    public BulkRun(RowFile input, BulkOutput output, LoadedLists lists, MatchPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(lists);
        _input = input;
        _output = output;
        _lists = [.. lists.Versions.Select(version => version.Label)];
        _screener = new Screener(lists.Index, policy);
        (Rows, Matched, Faults, _) = output.Before;
    }

    /// <summary>How many threads screen at the same time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>On which threads rows are screened.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Called when answers were written, with the share of the input that is done, in [0, 1]; null when its size is unknown.</summary>
    public Action<double?> Progress { get; init; } = _ => { };

    /// <summary>Called once, when the rows that an earlier run answered were passed over; with the share of the input that they are.</summary>
    public Action<double?> PassedOver { get; init; } = _ => { };

    /// <summary>Told of the rows that match, in input order, before their answers are written: after a crash some may be told of again. Null when nobody wants to know.</summary>
    public Func<IReadOnlyList<MatchedRow>, CancellationToken, Task>? Matches { get; init; }

    /// <summary>Rows answered, those of an earlier run included.</summary>
    public long Rows { get; private set; }

    /// <summary>Of these, rows with a match.</summary>
    public long Matched { get; private set; }

    /// <summary>Of these, rows that could not be screened.</summary>
    public long Faults { get; private set; }

    /// <summary>Answers all rows that are not answered yet.</summary>
    /// <param name="stop">Ends it early; what was written stays.</param>
    /// <returns>When all is written; <see cref="BulkOutput.Complete"/> is left to the caller.</returns>
    /// <exception cref="IOException">Rows cannot be read, or answers not written.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var batches = Channel.CreateBounded<Task<Rendered>>(Threads * BatchesPerThread);
        var reading = Task.Run(() => ReadAsync(batches.Writer, ending.Token), CancellationToken.None);
        try
        {
            // The bounded channel of tasks keeps the order and holds the reader back.
            await foreach (var batch in batches.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                var rendered = await batch.ConfigureAwait(false);
                if (Matches is not null && rendered.MatchedRows.Count > 0)
                    await Matches(rendered.MatchedRows, ending.Token).ConfigureAwait(false);
                await _output.WriteAsync(rendered.Json.WrittenMemory, ending.Token).ConfigureAwait(false);
                Rows += rendered.Rows;
                Matched += rendered.Matched;
                Faults += rendered.Faults;
                Progress(Share(rendered.BytesRead));
                Return(rendered.Json);
            }
        }
        finally
        {
            // The reader should have let go of the file before it is closed. Blocked on a pipe that says nothing, it
            // never does; the process must end all the same.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(PatienceWithReader, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(ChannelWriter<Task<Rendered>> batches, CancellationToken ending)
    {
        // As many batches at a time as there are threads; they begin in file order.
        var workers = new TaskFactory(ending, TaskCreationOptions.None, TaskContinuationOptions.None,
            new ConcurrentExclusiveSchedulerPair(Scheduler, Threads).ConcurrentScheduler);
        try
        {
            foreach (var batch in Batches(PassOver(_output.Before.Rows, ending)))
                await batches.WriteAsync(workers.StartNew(() => Render(batch, ending)), ending).ConfigureAwait(false);
            batches.Complete();
        }
#pragma warning disable CA1031 // Handed to the writer, which rethrows it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batches.Complete(e);
        }
    }

    /// <summary>
    /// The rows behind those that are answered. They are found by reading the file again from its begin: a place noted
    /// in bytes would be quicker by seconds in a run of hours, and one more thing that could be wrong.
    /// </summary>
    private IEnumerable<UnreadRow> PassOver(long answered, CancellationToken ending)
    {
        foreach (var row in _input.Rows())
        {
            if (row.Number > answered)
            {
                yield return row;
                continue;
            }
            if (row.Number % RowsPerBatch == 0)
                ending.ThrowIfCancellationRequested();
            if (row.Number == answered)
                PassedOver(Share(_input.BytesRead));
        }
    }

    private double? Share(long bytesRead) => (double)bytesRead / _input.Length;

    private IEnumerable<Batch> Batches(IEnumerable<UnreadRow> rows)
    {
        var batch = new List<UnreadRow>(RowsPerBatch);
        var characters = 0;
        foreach (var row in rows)
        {
            batch.Add(row);
            characters += row.Size;
            if (batch.Count < RowsPerBatch && characters < CharactersPerBatch)
                continue;
            yield return new Batch(batch, _input.BytesRead);
            batch = new List<UnreadRow>(RowsPerBatch);
            characters = 0;
        }
        if (batch.Count > 0)
            yield return new Batch(batch, _input.BytesRead);
    }

    private Rendered Render(Batch batch, CancellationToken ending)
    {
        var bytes = _buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(bytes, MatchJson.OneLine);
        List<MatchedRow> told = [];
        int matched = 0, faults = 0;
        foreach (var unread in batch.Rows)
        {
            ending.ThrowIfCancellationRequested();
            var (row, matches) = Ask(unread.Read());
            if (matches.Any(match => match.IsMatch))
            {
                matched++;
                if (Matches is not null)
                    told.Add(new MatchedRow(row, matches));
            }
            faults += row.Fault is null ? 0 : 1;
            RowAnswerJson.Write(json, row, matches, _lists);
            json.Flush();
            bytes.Write("\n"u8);
            json.Reset();
        }
        return new Rendered(bytes, batch.Rows.Count, matched, faults, batch.BytesRead, told);
    }

    private void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > MaxPooledBytes)
            return;
        buffer.ResetWrittenCount();
        _buffers.Add(buffer);
    }

    private (ScreeningRow Row, ImmutableArray<Match> Matches) Ask(ScreeningRow row)
    {
        if (row.Query is null)
            return (row, []);
        try
        {
            return (row, _screener.Screen(row.Query));
        }
#pragma warning disable CA1031 // One row that trips over a fault of ours must not cost the answers of a million others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (row with { Query = null, Fault = $"a fault of this program ({e.GetType().Name}: {e.Message}); please report it" }, []);
        }
    }

    /// <summary>Rows for one thread to answer.</summary>
    /// <param name="Rows">In file order.</param>
    /// <param name="BytesRead">How much of the file was read when the last of them was found.</param>
    private sealed record Batch(List<UnreadRow> Rows, long BytesRead);

    /// <summary>A batch's answers; the buffer goes back into the pool when they are written.</summary>
    private sealed record Rendered(ArrayBufferWriter<byte> Json, int Rows, int Matched, int Faults, long BytesRead, List<MatchedRow> MatchedRows);
}

/// <summary>A row of which one result at least is a match.</summary>
/// <param name="Row">The row.</param>
/// <param name="Matches">All its results, best first.</param>
public sealed record MatchedRow(ScreeningRow Row, ImmutableArray<Match> Matches);
