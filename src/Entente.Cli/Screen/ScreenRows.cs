using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Entente.Cli.Input;
using Entente.Cli.Output;
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
    private const int NameCharactersPerBatch = 1 << 16;

    private static readonly TimeSpan PatienceWithReader = TimeSpan.FromSeconds(1);

    private readonly Screener _screener;
    private readonly ImmutableArray<JsonEncodedText> _lists;
    private readonly CancellationToken _stop;
    private long _rows;
    private long _matched;
    private long _faults;

    private ScreenRows(Screener screener, LoadedLists lists, CancellationToken stop)
    {
        _screener = screener;
        _lists = [.. lists.Versions.Select(version => JsonEncodedText.Encode(version.Label, MatchJson.OneLine.Encoder))];
        _stop = stop;
    }

    private sealed record Rendered(ReadOnlyMemory<byte> Json, int Rows, int Matched, int Faults);

    /// <summary>Loads the lists, screens the file, writes the answers.</summary>
    /// <param name="options">With an input.</param>
    /// <param name="surroundings">Streams, clock, Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="OperationCanceledException">Stopped; nothing stands under the name of the output.</exception>
    public static int Run(ScreenOptions options, Surroundings surroundings)
    {
        using var input = RowFile.Open(options.Input!, surroundings.In, options.Schema);
        if (input.IgnoredColumns.Count > 0)
            surroundings.Error.WriteLine($"Columns that play no part: {Shown.OneLine(string.Join(", ", input.IgnoredColumns.Take(20)))}.");
        var lists = LoadedLists.Load(options.Lists, surroundings);
        surroundings.Error.WriteLine(Shown.OneLine(lists.Description));

        var run = new ScreenRows(new Screener(lists.Index, options.Policy), lists, surroundings.Stop);
        var progress = new Progress(surroundings);
        surroundings.Out.Flush();
        using (var output = PartFile.Create(options.Output, surroundings.OutBytes))
        {
            try
            {
                run.PumpAsync(input, output.Stream, progress).GetAwaiter().GetResult();
            }
            finally
            {
                progress.Clear();
            }
            output.Complete();
        }
        return run.Sum(options, surroundings, progress.Elapsed);
    }

    /// <summary>Reader, workers, writer. The bounded channel of tasks keeps the order and holds the reader back.</summary>
    private async Task PumpAsync(RowFile input, Stream output, Progress progress)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        var batches = Channel.CreateBounded<Task<Rendered>>(Environment.ProcessorCount * 4);
        var reading = Task.Run(() => ReadAsync(input, batches.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                var rendered = await batch.ConfigureAwait(false);
                await output.WriteAsync(rendered.Json, ending.Token).ConfigureAwait(false);
                _rows += rendered.Rows;
                _matched += rendered.Matched;
                _faults += rendered.Faults;
                progress.Report(_rows, (double)input.BytesRead / input.Length);
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

    private async Task ReadAsync(RowFile input, ChannelWriter<Task<Rendered>> batches, CancellationToken ending)
    {
        try
        {
            foreach (var batch in Batches(input.Rows()))
                await batches.WriteAsync(Task.Run(() => Render(batch), ending), ending).ConfigureAwait(false);
            batches.Complete();
        }
#pragma warning disable CA1031 // Handed to the writer, which rethrows it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batches.Complete(e);
        }
    }

    private static IEnumerable<List<ScreeningRow>> Batches(IEnumerable<ScreeningRow> rows)
    {
        var batch = new List<ScreeningRow>(RowsPerBatch);
        var characters = 0;
        foreach (var row in rows)
        {
            batch.Add(row);
            characters += row.Name?.Length ?? 0;
            if (batch.Count < RowsPerBatch && characters < NameCharactersPerBatch)
                continue;
            yield return batch;
            batch = new List<ScreeningRow>(RowsPerBatch);
            characters = 0;
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private Rendered Render(List<ScreeningRow> rows)
    {
        var bytes = new ArrayBufferWriter<byte>(rows.Count * 1024);
        using var json = new Utf8JsonWriter(bytes, MatchJson.OneLine);
        int matched = 0, faults = 0;
        foreach (var asked in rows)
        {
            _stop.ThrowIfCancellationRequested();
            var (row, matches) = Ask(asked);
            matched += matches.Any(match => match.IsMatch) ? 1 : 0;
            faults += row.Fault is null ? 0 : 1;
            WriteRow(json, row, matches);
            json.Flush();
            bytes.Write("\n"u8);
            json.Reset();
        }
        return new Rendered(bytes.WrittenMemory, rows.Count, matched, faults);
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

    /// <summary>A row's answer. One that could not be screened says so twice: no results alone would read as clear.</summary>
    private void WriteRow(Utf8JsonWriter json, ScreeningRow row, ImmutableArray<Match> matches)
    {
        json.WriteStartObject();
        json.WriteNumber("row", row.Number);
        json.WriteString("id", row.Id);
        json.WriteString("name", row.Name);
        if (row.Fault is { } fault)
        {
            json.WriteString("status", "error");
            json.WriteString("error", fault);
        }
        MatchJson.WriteResults(json, matches);
        if (!row.Warnings.IsEmpty)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in row.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
        }
        json.WriteStartArray("lists");
        foreach (var list in _lists)
            json.WriteStringValue(list);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private int Sum(ScreenOptions options, Surroundings surroundings, TimeSpan elapsed)
    {
        surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_rows:N0} rows in {Progress.Pace(_rows, elapsed)}: {_matched:N0} with a match, {_faults:N0} could not be screened."));
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
