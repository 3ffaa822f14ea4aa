using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Store;

namespace Entente.Load;

/// <summary>What the collecting of garbage cost.</summary>
/// <param name="PauseSeconds">For so long it stopped everything.</param>
/// <param name="Gen0">Collections of the youngest.</param>
/// <param name="Gen1">Of the younger.</param>
/// <param name="Gen2">Of all.</param>
internal sealed record GarbageCollections(double PauseSeconds, double Gen0, double Gen1, double Gen2)
{
    public static GarbageCollections operator -(GarbageCollections now, GarbageCollections before) =>
        new(now.PauseSeconds - before.PauseSeconds, now.Gen0 - before.Gen0, now.Gen1 - before.Gen1, now.Gen2 - before.Gen2);
}

/// <summary>A node as a user runs it: <c>entente serve</c> in a process of its own.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;

    private NodeProcess(Process process, int port, TimeSpan readyAfter)
    {
        _process = process;
        Port = port;
        ReadyAfter = readyAfter;
        WorkedUntilReady = Worked;
    }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>From the start of the process to the first answer that it is ready.</summary>
    public TimeSpan ReadyAfter { get; }

    /// <summary>Processor time that it used until then.</summary>
    public TimeSpan WorkedUntilReady { get; }

    /// <summary>Bytes of it in memory.</summary>
    public long Resident => Status("VmRSS:");

    /// <summary>Bytes of it in memory at its peak.</summary>
    public long Peak => Status("VmHWM:");

    /// <summary>Processor time that it used.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>How long its collections of garbage have stopped it so far, and how many there were of each generation.</summary>
    public async Task<GarbageCollections> CollectionsAsync()
    {
        using HttpClient client = new();
        string text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/metrics"));
        double Of(string name, string label) => text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[^(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ').Length)], CultureInfo.InvariantCulture)).FirstOrDefault();
        return new GarbageCollections(Of("dotnet_gc_pause_time_seconds_total", ""), Of("dotnet_gc_collections_total", "\"gen0\""), Of("dotnet_gc_collections_total", "\"gen1\""), Of("dotnet_gc_collections_total", "\"gen2\""));
    }

    /// <summary>Starts a node and waits until it is ready.</summary>
    /// <param name="program"><c>entente.dll</c>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="log">Where what it says goes.</param>
    public static async Task<NodeProcess> StartAsync(string program, string folder, string log)
    {
        int port = FreePort();
        var start = Command(program, folder, "serve", "--data", folder, "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        start.Environment["ENTENTE__REQUESTSPERMINUTE"] = "0";
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        long begun = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        StreamWriter said = new(log) { AutoFlush = true };
        foreach (StreamReader reader in new[] { process.StandardOutput, process.StandardError })
            _ = Task.Run(async () =>
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    lock (said)
                        said.WriteLine(line);
                }
            });
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        while (Stopwatch.GetElapsedTime(begun) < Patience && !process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return new NodeProcess(process, port, Stopwatch.GetElapsedTime(begun));
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(5);
        }
        throw new InvalidOperationException($"the node did not become ready; see {log}");
    }

    /// <summary>Installs a list.</summary>
    /// <returns>What it said where it could not; null where it could.</returns>
    public static async Task<string?> AddListAsync(string program, string folder, string file)
    {
        ProcessStartInfo start = Command(program, folder, "lists", "add", file);
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : error.Trim();
    }

    /// <summary>Makes an account with a key, straight in the store of a node that is not running.</summary>
    public static async Task<string> MakeKeyAsync(string folder)
    {
        NodeStore store = NodeStore.InFolder(folder);
        await store.MigrateAsync();
        await using Ledger ledger = new(store, TimeProvider.System);
        return await ledger.ActAsync(Actor.System("bench"), act =>
        {
            string secret = KeyText.NewSecret();
            Account account = new() { Id = NodeId.New(act.At), Login = $"bench-{NodeId.New(act.At)}", DisplayName = "Bench", RoleNames = nameof(Role.Analyst), SecurityStamp = "bench", CreatedAt = act.At };
            ApiKey key = new() { Id = NodeId.New(act.At), AccountId = account.Id, Name = "bench", SecretHash = KeyText.HashOf(secret), Scopes = nameof(Right.Screen), CreatedAt = act.At, ExpiresAt = act.At.AddDays(1) };
            act.Db.Accounts.Add(account);
            act.Db.ApiKeys.Add(key);
            return Task.FromResult(KeyText.Of(key.Id, secret));
        });
    }

    /// <summary>Stops it as a user would.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
                kill.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(40)))
                _process.Kill();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo Command(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ENTENTE_DATA_DIR"] = folder;
        return start;
    }

    private static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private long Status(string name)
    {
        string path = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status";
        string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
