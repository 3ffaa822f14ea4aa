using System.Diagnostics;

namespace Entente.Bench.Peers.Contenders;

/// <summary>A private PostgreSQL server in a temporary folder, reached by a local socket only and gone when disposed.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder;
    private readonly string _programs;
    private readonly ConsoleCancelEventHandler _onCancel;
    private readonly EventHandler _onExit;
    private int _stopped;

    private PostgresServer(string folder, string programs)
    {
        _folder = folder;
        _programs = programs;
        // The server is a process of its own: it would outlive a run that is broken off.
        _onCancel = (_, _) => Stop();
        _onExit = (_, _) => Stop();
        Console.CancelKeyPress += _onCancel;
        AppDomain.CurrentDomain.ProcessExit += _onExit;
    }

    public string ConnectionString => $"Host={_folder};Username=bench;Database=postgres;Pooling=false";

    /// <summary>Starts a server.</summary>
    /// <param name="problem">Why there is none, for people.</param>
    /// <returns>Null where PostgreSQL is not installed or did not start.</returns>
    public static PostgresServer? TryStart(out string? problem)
    {
        problem = null;
        if (FindPrograms() is not { } programs)
        {
            problem = "no PostgreSQL";
            return null;
        }
        string folder = Directory.CreateTempSubdirectory("entente-pg-").FullName;
        PostgresServer server = new(folder, programs);
        string data = Path.Combine(folder, "data");
        // PostgreSQL refuses to run as root; Debian's package makes the user postgres.
        problem = (IsRoot ? Run(null, "chown", "postgres", folder) : null)
            ?? server.RunServerProgram("initdb", "-D", data, "--auth=trust", "--username=bench", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
            ?? server.RunServerProgram("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"),
                "-o", $"-c listen_addresses='' -c unix_socket_directories='{folder}' -c shared_buffers=512MB -c fsync=off -c max_connections=500", "start");
        if (problem is null)
            return server;
        problem = "PostgreSQL did not start: " + problem;
        server.Dispose();
        return null;
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= _onCancel;
        AppDomain.CurrentDomain.ProcessExit -= _onExit;
        Stop();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        string data = Path.Combine(_folder, "data");
        if (File.Exists(Path.Combine(data, "postmaster.pid")))
        {
            if (RunServerProgram("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop") is { } problem)
                Console.Error.WriteLine($"The PostgreSQL server in {data} did not stop: {problem}");
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The folder of initdb and pg_ctl: Debian keeps them out of the path.</summary>
    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private string? RunServerProgram(string program, params string[] arguments) =>
        Run(IsRoot ? "postgres" : null, Path.Combine(_programs, program), arguments);

    /// <summary>Runs a program to its end; null when it did well, else the last that it said.</summary>
    private static string? Run(string? asUser, string program, params string[] arguments)
    {
        string log = Path.GetTempFileName();
        try
        {
            // pg_ctl leaves the server behind with the same streams: a pipe would never end, a file does no harm.
            ProcessStartInfo start = new("/bin/sh") { WorkingDirectory = "/" };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null");
            start.ArgumentList.Add("sh");
            start.ArgumentList.Add(log);
            foreach (string argument in asUser is null ? [] : new[] { "runuser", "-u", asUser, "--" })
                start.ArgumentList.Add(argument);
            start.ArgumentList.Add(program);
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : File.ReadLines(log).LastOrDefault(line => line.Length > 0) ?? $"{program} ended with {process.ExitCode}";
        }
        finally
        {
            File.Delete(log);
        }
    }
}
