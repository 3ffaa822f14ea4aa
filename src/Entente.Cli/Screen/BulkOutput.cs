using System.Globalization;
using System.Text.Json;
using Entente.Cli.Output;

namespace Entente.Cli.Screen;

/// <summary>
/// Where the answers of a bulk run go, and what an interrupted run leaves for the next: <c>NAME.part</c> with the
/// answers, and <c>NAME.part.job</c>, written once, with all that they depend on. How far the run came is not noted
/// anywhere: the answers say it themselves, and so can never disagree with a note about them.
/// </summary>
internal sealed class BulkOutput : IDisposable
{
    /// <summary>The most work that a loss of power can cost.</summary>
    private static readonly TimeSpan SyncPace = TimeSpan.FromSeconds(2);

    private readonly PartFile _file;
    private readonly string? _jobPath;
    private readonly ScreenOptions _options;
    private readonly TimeProvider _time;
    private long _synced;
    private bool _hasAnswers;
    private bool _canResume;

    private BulkOutput(PartFile file, ScreenOptions options, TimeProvider time)
    {
        _file = file;
        _jobPath = file.Part is null ? null : file.Part + ".job";
        _options = options;
        _time = time;
        _synced = time.GetTimestamp();
    }

    /// <summary>What an earlier run has answered; nothing unless this run resumes it.</summary>
    public AnsweredRows Before { get; private set; }

    /// <summary>Opens the output, and keeps other runs from it. Nothing is changed yet.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="surroundings">Standard output, standard error, clock.</param>
    /// <returns>The output, to go on with <see cref="Begin"/>.</returns>
    /// <exception cref="FailureException">It cannot be written; or an interrupted run left answers there and nobody has
    /// said what to do with them; or there are none that could be gone on with, although that was asked.</exception>
    public static BulkOutput Open(ScreenOptions options, Surroundings surroundings)
    {
        var file = PartFile.Open(options.Output, surroundings.OutBytes);
        var output = new BulkOutput(file, options, surroundings.Time);
        try
        {
            output.Check(surroundings.Error);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Begins with an empty output, or takes up the answers that are there.</summary>
    /// <param name="job">What this run is about to do; null when no later run could tell.</param>
    /// <param name="stop">Ends the reading of earlier answers.</param>
    /// <exception cref="FailureException">The answers that are there are those of another job.</exception>
    public void Begin(BulkJob? job, CancellationToken stop)
    {
        if (_jobPath is null)
            return;
        if (_hasAnswers && _options.Resume)
        {
            RefuseOther(job);
            Before = AnsweredRows.Read(_file.Stream, stop);
        }
        else
        {
            File.Delete(_jobPath);
        }
        _file.Stream.SetLength(Before.Bytes);
        _file.Stream.Position = Before.Bytes;
        // The job before the first answer, so that no answer is ever without its job.
        if (Before.Rows == 0)
            job?.Save(_jobPath);
        _canResume = job is not null;
        _file.Keep = Before.Rows > 0;
    }

    /// <summary>Writes answers, and now and then has them put on the disk.</summary>
    /// <param name="answers">Whole lines.</param>
    /// <param name="stop">Ends the wait for a reader of standard output.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> answers, CancellationToken stop)
    {
        await _file.Stream.WriteAsync(answers, stop).ConfigureAwait(false);
        _file.Keep = _canResume;
        if (_jobPath is null || _time.GetElapsedTime(_synced) < SyncPace)
            return;
        _file.Sync();
        _synced = _time.GetTimestamp();
    }

    /// <summary>Has what was written put on the disk, as far as that goes, and says how to go on with it.</summary>
    /// <returns>For the end of a message: what is kept and what to do, or why nothing is.</returns>
    public string Interrupted()
    {
        if (_options.Output == "-")
            return "Standard output cannot be resumed; give --output FILE for a run that can.";
        if (!_file.Keep)
            return _canResume ? "No result was written." : "No result was written: what comes through a pipe or goes to a device cannot be resumed.";
        try
        {
            _file.Sync();
        }
        catch (IOException)
        {
            // What could not be written is screened again.
        }
        return $"The answers so far are kept in {_file.Part}. Run the same command with --resume to go on, or with --restart to begin anew.";
    }

    /// <summary>Says that what was written must not be gone on with.</summary>
    public void Discard()
    {
        _canResume = false;
        _file.Keep = false;
    }

    /// <summary>Says that the output is whole, and puts it in its place.</summary>
    /// <exception cref="IOException">The last bytes could not be written, or the file not be renamed.</exception>
    public void Complete()
    {
        _file.Complete();
        // In this order: killed in between, a job without answers remains, which does no harm.
        if (_jobPath is not null)
            File.Delete(_jobPath);
    }

    /// <summary>Leaves what a later run can go on with, and nothing else.</summary>
    public void Dispose()
    {
        var isKept = _file.Keep;
        _file.Dispose();
        if (!isKept && _jobPath is not null)
            File.Delete(_jobPath);
    }

    private void Check(TextWriter notices)
    {
        if (_jobPath is null)
        {
            if (_options.Resume || _options.Restart)
                throw new FailureException($"{_options.Output} is no file that could be resumed.");
            return;
        }
        _hasAnswers = _file.Stream.Length > 0;
        _file.Keep = _hasAnswers;
        // Answers without a job are what a run from a pipe leaves when it is killed: nobody can ever go on with them.
        var hasJob = File.Exists(_jobPath);
        if (_options.Resume && !_hasAnswers)
            notices.WriteLine(Shown.OneLine($"Nothing to resume: there is no {_file.Part}. Beginning with the first row."));
        else if (_options.Resume && !hasJob)
            throw new FailureException($"{_file.Part} cannot be resumed: {_jobPath}, which says what it belongs to, is missing. Give --restart to screen all rows anew.");
        else if (_hasAnswers && hasJob && !_options.Resume && !_options.Restart)
            throw new FailureException($"an interrupted run left its answers in {_file.Part}. Give --resume to go on with them, or --restart to throw them away and screen all rows anew.");
    }

    private void RefuseOther(BulkJob? job)
    {
        if (job is null)
            throw new FailureException($"{_file.Part} cannot be resumed with an input or a list from a pipe: it could not be told whether it is the same. Name files, or give --restart.");
        BulkJob begun;
        try
        {
            begun = BulkJob.Load(_jobPath!);
        }
        catch (JsonException e)
        {
            throw new FailureException($"{_jobPath} cannot be read: {e.Message} Give --restart to screen all rows anew.");
        }
        if (begun.Differences(job) is { IsEmpty: false } differences)
        {
            throw new FailureException(string.Create(CultureInfo.InvariantCulture,
                $"{_file.Part} cannot be resumed, as the answers would not belong together: {string.Join("; ", differences)}. Run it as it was begun, or give --restart to screen all rows anew."));
        }
    }
}
