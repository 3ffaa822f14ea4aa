using System.Runtime.InteropServices;
using System.Text;

namespace Entente.Cli;

/// <summary>
/// All that a command sees of the world outside its arguments: streams, terminal, clock, folders, Ctrl-C.
/// Passed in, so that tests run commands in-process without touching the console.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly List<IDisposable> _owned = [];

    /// <summary>Standard input, as bytes.</summary>
    public required Stream In { get; init; }

    /// <summary>Standard output, as bytes. Flush <see cref="Out"/> before writing here.</summary>
    public required Stream OutBytes { get; init; }

    /// <summary>Standard output, as text: results only.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error, as text: progress, notices, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person is looking at standard output.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person is looking at standard error.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether colours are wanted on a terminal; false when NO_COLOR is set or TERM is dumb.</summary>
    public bool Colour { get; init; }

    /// <summary>Width of the terminal in cells.</summary>
    public int Width { get; init; } = 100;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder with the installed lists, or null for the store's own default.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The node's PostgreSQL database as a connection string, or null for SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>The key for a TAXII server; null for none.</summary>
    public string? TaxiiKey { get; init; }

    /// <summary>The folder of the program, where <c>samples/</c> lies.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Cancelled when the person asks to stop.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The console, environment and signals of the running process.</summary>
    /// <returns>Surroundings to dispose at the end, which flushes the output.</returns>
    public static Surroundings OfThisProcess()
    {
        // The console would write in the locale's charset and turn Arabic into question marks in a Latin-1 locale.
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
            Console.OutputEncoding = Utf8;
        var outBytes = Console.OpenStandardOutput();
        var stop = new CancellationTokenSource();
        var surroundings = new Surroundings
        {
            In = Console.OpenStandardInput(),
            OutBytes = outBytes,
            Out = new StreamWriter(outBytes, Utf8) { AutoFlush = false },
            Error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true },
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colour = WantsColour(),
            Width = TerminalWidth(),
            DataFolder = NonEmpty(Environment.GetEnvironmentVariable("ENTENTE_DATA_DIR")),
            Postgres = NonEmpty(Environment.GetEnvironmentVariable(NodeData.PostgresVariable)),
            TaxiiKey = NonEmpty(Environment.GetEnvironmentVariable(Taxii.TaxiiCommand.KeyVariable)),
            Stop = stop.Token,
        };
        surroundings._owned.Add(stop);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            surroundings._owned.Add(PosixSignalRegistration.Create(signal, context => StopOnce(context, stop)));
        return surroundings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Out.Flush();
        Error.Flush();
        foreach (var item in _owned)
            item.Dispose();
    }

    /// <summary>The first signal asks the command to tidy up and end; a second one is left to kill the process.</summary>
    private static void StopOnce(PosixSignalContext context, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        stop.Cancel();
    }

    private static bool WantsColour() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static int TerminalWidth()
    {
        try
        {
            return Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 40, 160);
        }
        catch (IOException)
        {
            return 100;
        }
    }

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
