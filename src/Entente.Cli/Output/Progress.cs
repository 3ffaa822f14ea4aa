using System.Globalization;

namespace Entente.Cli.Output;

/// <summary>
/// Tells on stderr how a long run is doing: on a terminal one line that is rewritten, else a line every ten seconds.
/// Short runs stay silent.
/// </summary>
internal sealed class Progress
{
    private static readonly TimeSpan TerminalPace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LogPace = TimeSpan.FromSeconds(10);

    private readonly TextWriter _error;
    private readonly bool _terminal;
    private readonly TimeProvider _time;
    private long _began;
    private long _fromRows;
    private double _fromShare;
    private TimeSpan _last;
    private bool _shown;

    /// <summary>Starts the clock.</summary>
    /// <param name="surroundings">Where to write, and the clock.</param>
    public Progress(Surroundings surroundings)
    {
        _error = surroundings.Error;
        _terminal = surroundings.ErrorIsTerminal;
        _time = surroundings.Time;
        _began = _time.GetTimestamp();
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Starts the clock anew behind what was done before: it counts, but says nothing of the pace.</summary>
    /// <param name="rows">Rows done before.</param>
    /// <param name="share">How much of the input they were, in [0, 1]; null when its size is unknown.</param>
    public void GoOnFrom(long rows, double? share)
    {
        _began = _time.GetTimestamp();
        _last = TimeSpan.Zero;
        _fromRows = rows;
        _fromShare = share ?? 0;
    }

    /// <summary>Reports, if it is time to.</summary>
    /// <param name="rows">Rows done.</param>
    /// <param name="share">How much of the input is done, in [0, 1]; null when its size is unknown.</param>
    public void Report(long rows, double? share)
    {
        var elapsed = Elapsed;
        if (elapsed - _last < (_terminal ? TerminalPace : LogPace))
            return;
        _last = elapsed;
        _shown = true;
        var line = Describe(rows, share, elapsed);
        if (_terminal)
            _error.Write($"\r{line}\u001b[K");
        else
            _error.WriteLine(line);
    }

    /// <summary>Ends the rewritten line, if there is one.</summary>
    public void Clear()
    {
        if (_terminal && _shown)
            _error.Write("\r\u001b[K");
        _shown = false;
    }

    /// <summary>A duration for people: <c>4 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    /// <param name="time">Not negative.</param>
    /// <returns>The text; below ten seconds with one decimal.</returns>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds)} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>Time and pace, for the summary of a run.</summary>
    /// <param name="rows">Rows done.</param>
    /// <param name="elapsed">In this time.</param>
    /// <returns>Such as <c>20.0 s (1,250 rows/s)</c>; without the pace when the run was too short to tell.</returns>
    public static string Pace(long rows, TimeSpan elapsed) =>
        elapsed < TimeSpan.FromSeconds(1) ? Duration(elapsed) : $"{Duration(elapsed)} ({Rate(rows, elapsed)})";

    private static string Rate(long rows, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{rows / Math.Max(elapsed.TotalSeconds, 1e-3):N0} rows/s");

    private string Describe(long rows, double? share, TimeSpan elapsed)
    {
        var done = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {Rate(rows - _fromRows, elapsed)}");
        if (share is not { } part || part <= _fromShare)
            return done;
        part = Math.Min(part, 1);
        var left = elapsed * ((1 - part) / (part - _fromShare));
        return string.Create(CultureInfo.InvariantCulture, $"{done}, {part * 100:F0}%, about {Duration(left)} left");
    }
}
