using System.Diagnostics;

namespace Entente.Cli.Tests;

/// <summary>The command as a real process, and its launcher.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private Process Start(string file, IEnumerable<string> args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            WorkingDirectory = _cli.Folder,
        };
        start.Environment["ENTENTE_DATA_DIR"] = _cli.PathOf("data");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<Result> EndAsync(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Result(process.ExitCode, await output, await error);
        }
    }

    private Process Entente(params string[] args) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"), .. args]);

    [Fact]
    public async Task The_exit_code_reaches_the_shell()
    {
        var list = _cli.List();
        Assert.Equal(0, (await EndAsync(Entente("--version"))).Code);
        Assert.Equal(1, (await EndAsync(Entente("screen", "--list", "none.xml", "Zubayr"))).Code);
        Assert.Equal(2, (await EndAsync(Entente("screen"))).Code);
        Assert.Equal(3, (await EndAsync(Entente("screen", "--list", list, "--fail-on-match", "Zubayr Al-Fictivi"))).Code);
    }

    [Fact]
    public async Task Output_is_utf8_whatever_the_locale()
    {
        var process = Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "screen", "--list", _cli.List(), "--format", "json", "Модест Выдуманов"], ("LC_ALL", "en_US.ISO-8859-1"));
        Assert.Contains("Модест Выдуманов", (await EndAsync(process)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_on_a_silent_pipe_it_ends_and_leaves_no_half_result()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        // Tests that were started in the background of a script ignore the signal, and so would all that they start.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        using var process = Start(program[0], [.. program[1..], Path.Combine(AppContext.BaseDirectory, "entente.dll"), "screen", "--list", _cli.List(), "--input", "-", "--output", "hits.jsonl"]);
        await process.StandardInput.WriteAsync("name\nZubayr\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("entities", StringComparison.Ordinal))
        {
            // The line with the size of the list is the last before it waits for rows.
        }
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("stopped before the end", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cli.Folder, "hits*"));
    }

    [Fact]
    public async Task The_launcher_builds_once_and_again_when_sources_change()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a shell script");
        var launcher = Launcher("exit 0");
        var first = await LaunchAsync(launcher, "screen", "A B");
        var second = await LaunchAsync(launcher, "screen", "A B");
        File.SetLastWriteTimeUtc(_cli.Write("repo/src/New.cs", ""), DateTime.UtcNow.AddMinutes(1));
        var third = await LaunchAsync(launcher, "screen", "A B");

        Assert.Equal((0, 0, 0), (first.Code, second.Code, third.Code));
        Assert.Equal([true, false, true], new[] { first, second, third }.Select(result => result.Error.Contains("building", StringComparison.Ordinal)));
        Assert.All([first, second, third], result => Assert.EndsWith("entente.dll|screen|A B|\n", result.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_launcher_works_through_a_link_and_shows_why_a_build_failed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a shell script");
        var link = _cli.PathOf("link");
        File.CreateSymbolicLink(link, Launcher("echo 'error CS0001: broken'; exit 1"));
        var result = await LaunchAsync(link, "--version");
        Assert.Equal(1, result.Code);
        Assert.Contains("error CS0001: broken", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
    }

    private Task<Result> LaunchAsync(string launcher, params string[] args) =>
        EndAsync(Start(launcher, args, ("PATH", $"{_cli.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}")));

    /// <summary>The real launcher in a checkout with a stand-in for dotnet, which notes how it was called.</summary>
    private string Launcher(string build)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Entente.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests run outside of the checkout.");
        Directory.CreateDirectory(_cli.PathOf("repo"));
        File.Copy(Path.Combine(root, "entente"), _cli.PathOf("repo/entente"));
        _cli.Write("repo/src/Old.cs", "");
        var dll = _cli.PathOf("repo/artifacts/entente/entente.dll");
        var dotnet = _cli.Write("bin/dotnet", $"""
            #!/bin/sh
            if [ "$1" = publish ]; then
                mkdir -p "{Path.GetDirectoryName(dll)}" && touch "{dll}"
                {build}
            fi
            printf '%s|' "$@"
            echo
            """);
        foreach (var script in (string[])[dotnet, _cli.PathOf("repo/entente")])
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return _cli.PathOf("repo/entente");
    }
}
