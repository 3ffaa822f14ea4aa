using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Entente.Cli.Output;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary>
/// Screens a file row by row on all cores. Rows are read, screened and written as a stream: what is in memory at any
/// moment is a few batches, whatever the file's size. Answers come in input order.
/// </summary>
internal sealed class ScreenRows
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
    private readonly Progress _progress;
    private readonly int _threads;
    private readonly CancellationToken _stop;
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];
    private long _rows;
    private long _matched;
    private long _faults;

    private ScreenRows(RowFile input, BulkOutput output, LoadedLists lists, Screener screener, int threads, Surroundings surroundings)
    {
        _input = input;
        _output = output;
        _lists = [.. lists.Versions.Select(version => version.Label)];
        _screener = screener;
        _threads = threads;
        _stop = surroundings.Stop;
        _progress = new Progress(surroundings);
        (_rows, _matched, _faults, _) = output.Before;
    }

    /// <summary>Rows for one thread to answer.</summary>
    /// <param name="Rows">In file order.</param>
    /// <param name="BytesRead">How much of the file was read when the last of them was found.</param>
    private sealed record Batch(List<UnreadRow> Rows, long BytesRead);

    /// <summary>A batch's answers; the buffer goes back into the pool when they are written.</summary>
    private sealed record Rendered(ArrayBufferWriter<byte> Json, int Rows, int Matched, int Faults, long BytesRead);

    /// <summary>Loads the lists, screens the file, writes the answers.</summary>
    /// <param name="options">With an input.</param>
    /// <param name="surroundings">Streams, clock, Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="FailureException">It failed or was stopped; the message says what is kept and how to go on.
    /// Nothing stands under the name of the output.</exception>
    public static int Run(ScreenOptions options, Surroundings surroundings)
    {
        using var input = RowFile.Open(options.Input!, surroundings.In, options.Schema);
        if (input.IgnoredColumns.Count > 0)
            surroundings.Error.WriteLine($"Columns that play no part: {Shown.OneLine(string.Join(", ", input.IgnoredColumns.Take(20)))}.");
        using var output = BulkOutput.Open(options, surroundings);
        var lists = ListsInUse.Load(options, surroundings);
        surroundings.Error.WriteLine(Shown.OneLine(lists.Description));
        var job = options.Output == "-" ? null : BulkJob.Of(options, input, lists, surroundings.Stop);
        output.Begin(job, surroundings.Stop);
        if (output.Before.Rows > 0)
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Resumed: {output.Before.Rows:N0} rows are answered already."));

        surroundings.Out.Flush();
        var run = new ScreenRows(input, output, lists, new Screener(lists.Index, options.Policy), options.Threads, surroundings);
        run.Pump(job);
        return run.Sum(options, surroundings);
    }

    /// <summary>Answers all rows that are not answered yet, or says what became of those that are.</summary>
    private void Pump(BulkJob? job)
    {
        try
        {
            PumpAsync().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new FailureException(string.Create(CultureInfo.InvariantCulture, $"stopped before the end, after {_rows:N0} rows. {_output.Interrupted()}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{e.Message.TrimEnd('.')}. {_output.Interrupted()}");
        }
        finally
        {
            _progress.Clear();
        }
        if (job is not null && _input.HashOfRead() != job.InputSha256)
        {
            _output.Discard();
            throw new FailureException($"{job.Input} was changed while it was screened; the answers would belong to two versions of it. No result was written; screen it again.");
        }
        _output.Complete();
    }

    /// <summary>Reader, workers, writer. The bounded channel of tasks keeps the order and holds the reader back.</summary>
    private async Task PumpAsync()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        var batches = Channel.CreateBounded<Task<Rendered>>(_threads * BatchesPerThread);
        var reading = Task.Run(() => ReadAsync(batches.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                var rendered = await batch.ConfigureAwait(false);
                await _output.WriteAsync(rendered.Json.WrittenMemory, ending.Token).ConfigureAwait(false);
                _rows += rendered.Rows;
                _matched += rendered.Matched;
                _faults += rendered.Faults;
                _progress.Report(_rows, Share(rendered.BytesRead));
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
            new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _threads).ConcurrentScheduler);
        try
        {
            foreach (var batch in Batches(PassOver(_output.Before.Rows, ending)))
                await batches.WriteAsync(workers.StartNew(() => Render(batch)), ending).ConfigureAwait(false);
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
                _progress.GoOnFrom(answered, Share(_input.BytesRead));
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

    private Rendered Render(Batch batch)
    {
        var bytes = _buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(bytes, MatchJson.OneLine);
        int matched = 0, faults = 0;
        foreach (var unread in batch.Rows)
        {
            _stop.ThrowIfCancellationRequested();
            var (row, matches) = Ask(unread.Read());
            matched += matches.Any(match => match.IsMatch) ? 1 : 0;
            faults += row.Fault is null ? 0 : 1;
            RowAnswerJson.Write(json, row, matches, _lists);
            json.Flush();
            bytes.Write("\n"u8);
            json.Reset();
        }
        return new Rendered(bytes, batch.Rows.Count, matched, faults, batch.BytesRead);
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

    private int Sum(ScreenOptions options, Surroundings surroundings)
    {
        var before = _output.Before.Rows;
        var now = before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_rows - before:N0} of them now,");
        surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_rows:N0} rows{now} in {Progress.Pace(_rows - before, _progress.Elapsed)}: {_matched:N0} with a match, {_faults:N0} could not be screened."));
        if (_rows == 0)
            surroundings.Error.WriteLine($"{options.Input} has a header but no rows.");
        if (!options.FailOnMatch)
            return ExitCodes.Done;
        if (_matched > 0)
            return ExitCodes.Matched;
        // Asked whether anything matches, 'no' would be a lie about the rows that were not screened.
        return _faults == 0
            ? ExitCodes.Done
            : throw new FailureException($"{_faults} rows could not be screened; see \"status\":\"error\" in the output.");
    }
}
