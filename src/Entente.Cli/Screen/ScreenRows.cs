using System.Globalization;
using Entente.Cli.Output;
using Entente.Desk.Bulk;
using Entente.Desk.Rows;

namespace Entente.Cli.Screen;

/// <summary>Screens a file row by row on all cores: <see cref="BulkRun"/> with a person at the terminal.</summary>
internal static class ScreenRows
{
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
        using var output = BulkOutput.Open(options.Output, surroundings.OutBytes, surroundings.Time);
        var earlier = new EarlierRun(output, options);
        earlier.Check(surroundings.Error);
        var lists = ListsInUse.Load(options, surroundings);
        surroundings.Error.WriteLine(Shown.OneLine(lists.Description));
        var basis = options.Output == "-" ? null : BulkBasis.Of(options.Input!, input, options.Schema, options.Policy, lists, surroundings.Stop);
        earlier.Begin(basis, surroundings.Stop);
        if (output.Before.Rows > 0)
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Resumed: {output.Before.Rows:N0} rows are answered already."));

        surroundings.Out.Flush();
        var progress = new Progress(surroundings);
        BulkRun run = null!; // set before anything is reported
        run = new BulkRun(input, output, lists, options.Policy)
        {
            Threads = options.Threads,
            Progress = share => progress.Report(run.Rows, share),
            PassedOver = share => progress.GoOnFrom(output.Before.Rows, share),
        };
        Pump(run, (input, output, basis), earlier, progress, surroundings.Stop);
        return Sum(run, output, progress, options, surroundings);
    }

    /// <summary>Answers all rows that are not answered yet, or says what became of those that are.</summary>
    private static void Pump(BulkRun run, (RowFile Input, BulkOutput Output, BulkBasis? Basis) files, EarlierRun earlier, Progress progress, CancellationToken stop)
    {
        try
        {
            run.RunAsync(stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new FailureException(string.Create(CultureInfo.InvariantCulture, $"stopped before the end, after {run.Rows:N0} rows. {earlier.Interrupted()}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{e.Message.TrimEnd('.')}. {earlier.Interrupted()}");
        }
        finally
        {
            progress.Clear();
        }
        if (files.Basis is { } basis && files.Input.HashOfRead() != basis.InputSha256)
        {
            files.Output.Discard();
            throw new FailureException($"{basis.Input} was changed while it was screened; the answers would belong to two versions of it. No result was written; screen it again.");
        }
        files.Output.Complete();
    }

    private static int Sum(BulkRun run, BulkOutput output, Progress progress, ScreenOptions options, Surroundings surroundings)
    {
        var before = output.Before.Rows;
        var now = before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {run.Rows - before:N0} of them now,");
        surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Rows:N0} rows{now} in {Progress.Pace(run.Rows - before, progress.Elapsed)}: {run.Matched:N0} with a match, {run.Faults:N0} could not be screened."));
        if (run.Rows == 0)
            surroundings.Error.WriteLine($"{options.Input} has a header but no rows.");
        if (!options.FailOnMatch)
            return ExitCodes.Done;
        if (run.Matched > 0)
            return ExitCodes.Matched;
        // Asked whether anything matches, 'no' would be a lie about the rows that were not screened.
        return run.Faults == 0
            ? ExitCodes.Done
            : throw new FailureException($"{run.Faults} rows could not be screened; see \"status\":\"error\" in the output.");
    }
}
