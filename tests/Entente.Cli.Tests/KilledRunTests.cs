using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Entente.Cli.Tests;

/// <summary>
/// The built command as a process on a large file of invented people, killed in the middle and resumed: what a user
/// meets when power, memory or patience runs out.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    /// <summary>Enough that a run takes seconds: the part file is watched and the process killed while it grows.</summary>
    private const int Rows = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Cli _cli = new();

    private string Input => _cli.PathOf("people.csv");

    private string Output => _cli.PathOf("hits.jsonl");

    private string Part => Output + ".part";

    public void Dispose() => _cli.Dispose();

    private Process Entente(params string[] more)
    {
        var list = Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"),
            "screen", "--list", list, "--input", Input, .. more])
        {
            RedirectStandardError = true,
            WorkingDirectory = _cli.Folder,
        };
        return Process.Start(start)!;
    }

    private static (int Code, string Error) End(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
    }

    /// <summary>The people of the samples, shuffled, with dates and line breaks of their own.</summary>
    private void WritePeople(Random random)
    {
        string[] names = ["Tarek Kadiri", "طارق القادري", "\"KADIRI, Tarek Salman\"", "Nordine Ouchennane", "Гамаль Шауки аль-Буруллуси",
            "ЖЕЛЕЗНЯКОВСКИЙ ГРИГОРИЙ АРКАДЬЕВИЧ", "Maria Fernanda Oliveira", "\"Claire\nDubois-Marchand\"", "", "\"Ivan, never closed"];
        var text = new StringBuilder("id,name,birth_date,nationality\n");
        for (var i = 1; i <= Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{names[random.Next(names.Length)]},{random.Next(1940, 2005)},{(random.Next(2) == 0 ? "JO" : "")}\n");
        _cli.Write("people.csv", text.ToString());
    }

    /// <summary>Ends a run as soon as its part file has grown to a size; true when that was before its end.</summary>
    private bool EndAt(long size, Process process, Action<Process> end)
    {
        var part = new FileInfo(Part);
        bool Grown()
        {
            part.Refresh();
            return part.Exists && part.Length >= size;
        }
        Assert.True(SpinWait.SpinUntil(() => Grown() || process.HasExited, Patience), "the run neither wrote nor ended");
        if (!process.HasExited)
            end(process);
        return !File.Exists(Output);
    }

    [Fact]
    public void Killed_and_interrupted_and_resumed_it_ends_with_the_bytes_of_an_undisturbed_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        const int seed = 20260301;
        var random = new Random(seed);
        WritePeople(random);
        var whole = _cli.PathOf("whole.jsonl");
        var undisturbed = End(Entente("--output", whole));
        Assert.True(undisturbed.Code == 0, undisturbed.Error);
        var length = new FileInfo(whole).Length;

        // Three times without a warning, at a random place of each fifth; the first time before there is anything to
        // resume, the last time with a line torn by hand, as the system seldom tears one by itself.
        for (var fifth = 0; fifth < 3; fifth++)
        {
            var process = Entente("--output", Output, "--resume", "--threads", "1");
            Assert.True(EndAt(length * ((fifth * 100) + random.Next(5, 95)) / 500, process, p => p.Kill()), "the run was over before it was killed");
            End(process);
            Assert.True(File.Exists(Part + ".job"));
        }
        File.AppendAllText(Part, "{\"row\":");

        var interrupted = Entente("--output", Output, "--resume", "--threads", "1");
        Assert.True(EndAt(length * 7 / 10, interrupted, Interrupt), "the run was over before it was interrupted");
        var (code, error) = End(interrupted);
        Assert.Equal(1, code);
        Assert.Contains("stopped before the end", error, StringComparison.Ordinal);
        Assert.Contains("Run the same command with --resume to go on", error, StringComparison.Ordinal);
        Assert.Contains("rows are answered already", error, StringComparison.Ordinal);

        var last = End(Entente("--output", Output, "--resume"));
        Assert.True(last.Code == 0, last.Error);
        Assert.Contains("100,000 rows, ", last.Error, StringComparison.Ordinal);
        Assert.True(File.ReadAllBytes(whole).AsSpan().SequenceEqual(File.ReadAllBytes(Output)), "the resumed output differs");
        Assert.Equal(Rows, File.ReadLines(Output).Count());
        Assert.False(File.Exists(Part) || File.Exists(Part + ".job"));
    }

    /// <summary>As a service manager does, and at once: until a program that does it were started, the run would be over.</summary>
    private static void Interrupt(Process process) => Assert.Equal(0, Kill(process.Id, Termination));

    // SIGTERM, which is treated as Ctrl-C is: what a shell runs in the background is deaf to SIGINT.
    private const int Termination = 15;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
