using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime;
using Entente.Desk;
using Entente.Node.Lists;
using Entente.Node.Partners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Entente.Node.Hosting;

/// <summary>Runs a node until it is told to stop: says where it listens and what it screens against, and turns what can go wrong at the start into one line.</summary>
internal sealed class NodeServer
{
    // While these are read nobody is screened, and it is said that they are.
    private static readonly TimeSpan ListsTakeLong = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookForRest = TimeSpan.FromSeconds(5);

    // What the looking after lists and the like allocates in that time, and a request or two.
    private const long AtRest = 4 << 20;

    private const long WorthCollecting = 32 << 20;

    private static readonly TimeSpan LookForLists = TimeSpan.FromMilliseconds(20);

    // What logs a fault of the start that its starter tells.
    private static readonly string[] StartFaults = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly ServeSettings _settings;
    private readonly TextWriter _output;
    private readonly TimeProvider _clock;
    private readonly long _begun;
    private bool _started;

    private NodeServer(ServeSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _output = settings.Options.Output;
        _clock = clock;
        _begun = clock.GetTimestamp();
    }

    /// <summary>Runs a node.</summary>
    /// <param name="settings">How.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Asks it to stop: what was begun is ended, within half a minute.</param>
    /// <returns>When it stopped.</returns>
    /// <exception cref="DeskException">It cannot start; the message says why, and what to do.</exception>
    public static Task RunAsync(ServeSettings settings, TimeProvider clock, CancellationToken stop) =>
        new NodeServer(settings, clock).RunAsync(stop);

    private async Task RunAsync(CancellationToken stop)
    {
        CheckPostgres();
        using var held = Hold(_settings.Options.DataFolder);
        await using var app = Build();
        var lists = app.Services.GetRequiredService<ListsInUse>();
        lists.Begin();
        if (!await StartAsync(app, stop).ConfigureAwait(false))
            return;
        _started = true;
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, stopping);
        SayWhere(app);
        try
        {
            await SayReadyAsync(lists, ending.Token).ConfigureAwait(false);
            // Old generations are collected beside the requests from now on.
            GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
            await GiveBackMemoryAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        Say("Stopping: requests that are being answered are answered, bulk jobs go on at the next start.");
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        Say("Stopped.");
    }

    private WebApplication Build() => NodeHost.Build(_settings.Options, builder =>
    {
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(_settings.Configuration);
        // With none given, the section Kestrel of the configuration says where to listen.
        if (_settings.Urls.Count > 0)
            builder.WebHost.UseUrls([.. _settings.Urls]);
        // What is said here is the program's answer; the log goes beside it.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // A fault of the start is said once, by whoever started it.
        foreach (var category in StartFaults)
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && (level == LogLevel.Warning || _started));
        // That the keys of cookies stand in the store in the clear is so by design: whoever reads the store has more.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Signals are whoever's that started it.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, Unattended>());
    });

    /// <summary>Starts; false where it was told to stop before it had.</summary>
    private async Task<bool> StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Say("Stopped before it had started.");
            return false;
        }
        catch (DbException fault)
        {
            throw new DeskException(_settings.Options.Postgres is null
                ? $"the database in {_settings.Options.DataFolder} cannot be used: {fault.Message}"
                : $"{Server()} cannot be used: {(fault.InnerException is SocketException inner ? inner.Message : fault.Message)}. Is it running, and may this user connect?");
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw new DeskException($"{Places()} is taken by another program, perhaps another node. Stop it, or choose another port with --urls.");
        }
        catch (SocketException fault)
        {
            throw new DeskException($"this machine does not let the node listen on {Places()}: {fault.Message}. Choose another address with --urls; ports below 1024 are for the system.");
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new DeskException($"the node cannot listen on {Places()}: {FirstLine(fault.Message)}");
        }
    }

    private void SayWhere(WebApplication app)
    {
        Say($"Entente {EngineVersion.Text} listens on {string.Join(", ", app.Urls)}");
        Say($"  data: {_settings.Options.DataFolder}{(_settings.Options.Postgres is null ? "" : $"; database: {Server()}")}");
        if (app.Services.GetRequiredService<PartnerServer>().Listening is { } port)
            Say($"  partners: {port} as {app.Services.GetRequiredService<OwnIdentity>().Identity.Name}");
        foreach (var open in app.Urls.Where(IsOpen))
            Say($"  CAUTION: {open} is reached by others and is not encrypted: passwords, keys and names can be read on the way. Give it a certificate, or listen on 127.0.0.1 behind a proxy that has one.");
    }

    /// <summary>Gives back what the start, a load or former lists left behind, whenever nobody has asked for a while: a node at rest makes no garbage, and would keep it for long.</summary>
    private async Task GiveBackMemoryAsync(CancellationToken stop)
    {
        var (collected, before) = (0L, 0L);
        while (true)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - before < AtRest && allocated - collected >= WorthCollecting)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = allocated;
            }
            before = allocated;
            await Task.Delay(LookForRest, _clock, stop).ConfigureAwait(false);
        }
    }

    private async Task SayReadyAsync(ListsInUse lists, CancellationToken stop)
    {
        string? said = null;
        while (lists.Current is null)
        {
            if (lists.Problem is { } problem && problem != said)
                Say($"  No list could be read, so nothing is screened: {said = problem}");
            else if (said is null && _clock.GetElapsedTime(_begun) > ListsTakeLong)
                Say(said = "  The lists are being read and indexed; the next start will be quicker.");
            await Task.Delay(LookForLists, _clock, stop).ConfigureAwait(false);
        }
        var current = lists.Current;
        if (current.IsSample)
            Say("  NO LIST IS INSTALLED: names are screened against the fictional sample, which says nothing about real people. Run `entente lists update`; the node takes new lists by itself.");
        else
            Say($"  lists: {current.Description}");
        Say(string.Create(CultureInfo.InvariantCulture, $"  ready after {_clock.GetElapsedTime(_begun).TotalSeconds:F1} s. Ctrl-C stops it."));
    }

    /// <summary>Keeps other nodes from the data folder; a process that ends lets go of it, however it ends.</summary>
    private static FileStream Hold(string dataFolder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(dataFolder);
            else
                Directory.CreateDirectory(dataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DeskException($"{dataFolder} cannot be the data folder: {fault.Message} Name another with --data.");
        }
        var path = Path.Combine(dataFolder, NodeOptions.LockFile);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DeskException($"the node may not write to its data folder {dataFolder}: {fault.Message} Let its user own the folder, or name another with --data.");
        }
        catch (IOException fault)
        {
            throw new DeskException(File.Exists(path)
                ? $"another node is at work in the data folder {dataFolder}. Stop it, or name another folder with --data."
                : $"the data folder {dataFolder} cannot be written to: {fault.Message}");
        }
    }

    private void CheckPostgres()
    {
        if (_settings.Options.Postgres is not { } connection)
            return;
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            // The text may hold a password, so it is not repeated.
            throw new DeskException($"the connection string for PostgreSQL cannot be read: {FirstLine(fault.Message)} It looks like \"Host=db.example.org;Database=entente;Username=entente;Password=...\".");
        }
    }

    private string Server()
    {
        var parts = new NpgsqlConnectionStringBuilder(_settings.Options.Postgres);
        return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL database {parts.Database ?? parts.Username} on {parts.Host}:{parts.Port}");
    }

    private string Places() => _settings.Urls.Count > 0 ? string.Join(", ", _settings.Urls) : "what the configuration says (Kestrel:Endpoints)";

    private static bool IsOpen(string url) => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.IsLoopback || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    private void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }

    private sealed class Unattended : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
