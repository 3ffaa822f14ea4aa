using Entente.Cli.Output;

namespace Entente.Cli.Tests;

public sealed class ProgressTests : IDisposable
{
    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private readonly HandClock _clock = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose() => _error.Dispose();

    private Progress Start(bool terminal) => new(new Surroundings
    {
        In = Stream.Null,
        OutBytes = Stream.Null,
        Out = TextWriter.Null,
        Error = _error,
        ErrorIsTerminal = terminal,
        Time = _clock,
    });

    [Fact]
    public void A_log_gets_a_line_every_ten_seconds()
    {
        var progress = Start(terminal: false);
        for (var second = 1; second <= 25; second++)
        {
            _clock.Now = TimeSpan.FromSeconds(second);
            progress.Report(second * 100, second / 100.0);
        }
        progress.Clear();
        Assert.Equal("1,000 rows, 100 rows/s, 10%, about 1 min 30 s left\n2,000 rows, 100 rows/s, 20%, about 1 min 20 s left\n", _error.ToString());
    }

    [Fact]
    public void A_resumed_run_counts_on_but_its_pace_and_estimate_are_its_own()
    {
        var progress = Start(terminal: false);
        _clock.Now = TimeSpan.FromSeconds(5); // spent on finding the place
        progress.GoOnFrom(8000, 0.8);
        _clock.Now = TimeSpan.FromSeconds(15);
        progress.Report(9000, 0.9);
        Assert.Equal("9,000 rows, 100 rows/s, 90%, about 10 s left\n", _error.ToString());
        Assert.Equal(TimeSpan.FromSeconds(10), progress.Elapsed);
    }

    [Fact]
    public void A_terminal_has_one_line_that_is_rewritten_and_goes_away()
    {
        var progress = Start(terminal: true);
        _clock.Now = TimeSpan.FromSeconds(1);
        progress.Report(100, null);
        progress.Clear();
        Assert.Equal("\r100 rows, 100 rows/s\u001b[K\r\u001b[K", _error.ToString());
    }
}
