using System.Diagnostics;

namespace Entente.Node.Tests.Store;

/// <summary>A node in a process of its own, to be killed.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process _process;

    private Victim(Process process, Uri address, string key)
    {
        _process = process;
        Address = address;
        Key = key;
    }

    public Uri Address { get; }

    /// <summary>The API key of a reviewer.</summary>
    public string Key { get; }

    public bool IsAlive => !_process.HasExited;

    public static async Task<Victim> StartAsync(string folder, string? postgres, CancellationToken cancel, string? partners = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Entente.Node.KillHost.dll"), folder, Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml"), postgres })
        {
            if (argument is not null)
                start.ArgumentList.Add(argument);
        }
        if (partners is not null)
            start.Environment["ENTENTE_KILL_PARTNERS"] = partners;
        var process = Process.Start(start)!;
        // The first start says more than that.
        var key = "";
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith("key ", StringComparison.Ordinal))
                key = line["key ".Length..];
            if (line.StartsWith("listening ", StringComparison.Ordinal))
                return new Victim(process, new Uri(line["listening ".Length..]), key);
        }
        throw new InvalidOperationException("the node did not start: " + await process.StandardError.ReadToEndAsync(cancel));
    }

    /// <summary>Kills it as nothing can be caught.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
