using System.Globalization;
using System.Text.Json;
using Entente.Cli.Output;
using Entente.Desk.Bulk;

namespace Entente.Cli.Screen;

/// <summary>What becomes of the answers that an interrupted run left: as <c>--resume</c> and <c>--restart</c> say, and never by guessing.</summary>
/// <param name="output">The output, opened.</param>
/// <param name="options">What was asked.</param>
internal sealed class EarlierRun(BulkOutput output, ScreenOptions options)
{
    /// <summary>Looks at what is there.</summary>
    /// <param name="notices">For what a person should know.</param>
    /// <exception cref="FailureException">An interrupted run left answers there and nobody has said what to do with them;
    /// or there are none that could be gone on with, although that was asked.</exception>
    public void Check(TextWriter notices)
    {
        if (output.BasisPath is null)
        {
            if (options.Resume || options.Restart)
                throw new FailureException($"{options.Output} is no file that could be resumed.");
            return;
        }
        // Answers without a basis are what a run from a pipe leaves when it is killed: nobody can ever go on with them.
        if (options.Resume && !output.HasAnswers)
            notices.WriteLine(Shown.OneLine($"Nothing to resume: there is no {output.Part}. Beginning with the first row."));
        else if (options.Resume && !output.HasBasis)
            throw new FailureException($"{output.Part} cannot be resumed: {output.BasisPath}, which says what it belongs to, is missing. Give --restart to screen all rows anew.");
        else if (output is { HasAnswers: true, HasBasis: true } && !options.Resume && !options.Restart)
            throw new FailureException($"an interrupted run left its answers in {output.Part}. Give --resume to go on with them, or --restart to throw them away and screen all rows anew.");
    }

    /// <summary>Begins with an empty output, or takes up the answers that are there.</summary>
    /// <param name="basis">What this run's answers will depend on; null when no later run could tell.</param>
    /// <param name="stop">Ends the reading of earlier answers.</param>
    /// <exception cref="FailureException">The answers that are there are those of another job.</exception>
    public void Begin(BulkBasis? basis, CancellationToken stop)
    {
        if (!output.HasAnswers || !options.Resume)
        {
            output.Begin(basis);
            return;
        }
        if (basis is null)
            throw new FailureException($"{output.Part} cannot be resumed with an input or a list from a pipe: it could not be told whether it is the same. Name files, or give --restart.");
        try
        {
            if (output.Resume(basis, stop) is { IsEmpty: false } differences)
            {
                throw new FailureException(string.Create(CultureInfo.InvariantCulture,
                    $"{output.Part} cannot be resumed, as the answers would not belong together: {string.Join("; ", differences)}. Run it as it was begun, or give --restart to screen all rows anew."));
            }
        }
        catch (JsonException e)
        {
            throw new FailureException($"{output.BasisPath} cannot be read: {e.Message} Give --restart to screen all rows anew.");
        }
    }

    /// <summary>Has what was written put on the disk, as far as that goes, and says how to go on with it.</summary>
    /// <returns>For the end of a message: what is kept and what to do, or why nothing is.</returns>
    public string Interrupted()
    {
        if (options.Output == "-")
            return "Standard output cannot be resumed; give --output FILE for a run that can.";
        if (!output.IsKept)
            return output.CanResume ? "No result was written." : "No result was written: what comes through a pipe or goes to a device cannot be resumed.";
        output.TrySync();
        return $"The answers so far are kept in {output.Part}. Run the same command with --resume to go on, or with --restart to begin anew.";
    }
}
