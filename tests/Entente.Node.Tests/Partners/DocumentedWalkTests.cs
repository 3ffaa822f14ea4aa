using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Entente.Node.Tests.Partners;

/// <summary>The commands of <c>docs/partners.md</c>, run as they stand there by a shell, with three real nodes.</summary>
public sealed class DocumentedWalkTests
{
    private static readonly bool IsInCI = Environment.GetEnvironmentVariable("CI") == "true";

    [Fact]
    public async Task The_walk_through_the_exchange_works_as_it_is_written()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/curl") && !IsInCI, "skipped: no curl");
        await using var one = await Ally.StartAsync("One");
        await using var two = await Ally.StartAsync("Two");
        await using var three = await Ally.StartAsync("Three");
        var blocks = Regex.Matches(await File.ReadAllTextAsync(Document(), TestContext.Current.CancellationToken), "```bash\n(.*?)```", RegexOptions.Singleline).Select(block => block.Groups[1].Value).ToList();
        Assert.True(blocks.Count >= 8, $"only {blocks.Count} blocks of commands were found");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("set -eo pipefail\n" + string.Concat(blocks));
        var number = 1;
        foreach (var (name, ally) in new[] { ("ONE", one), ("TWO", two), ("THREE", three) })
        {
            start.Environment[name] = ally.Node.Client.BaseAddress!.ToString().TrimEnd('/');
            start.Environment[$"PORT{number}"] = ally.Port.AbsoluteUri.TrimEnd('/');
            start.Environment[$"ANALYST{number}"] = ally.Analyst.DefaultRequestHeaders.Authorization!.Parameter;
            start.Environment[$"LIAISON{number}"] = ally.Liaison.DefaultRequestHeaders.Authorization!.Parameter;
            start.Environment[$"SECOND{number}"] = ally.OtherLiaison.DefaultRequestHeaders.Authorization!.Parameter;
            number++;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        using var shell = Process.Start(start)!;
        try
        {
            var said = shell.StandardError.ReadToEndAsync(patience.Token);
            var output = await shell.StandardOutput.ReadToEndAsync(patience.Token);
            await shell.WaitForExitAsync(patience.Token);
            Assert.True(shell.ExitCode == 0, $"ended with {shell.ExitCode}: {output}{await said}");
            Assert.Contains("\"common\":2", output, StringComparison.Ordinal);
            Assert.Contains("\"recalledBecause\":\"It is another man.\"", output, StringComparison.Ordinal);
        }
        finally
        {
            if (!shell.HasExited)
                shell.Kill(entireProcessTree: true);
        }
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/partners.md"));
}
