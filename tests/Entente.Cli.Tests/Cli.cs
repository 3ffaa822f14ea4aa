using System.Text;

namespace Entente.Cli.Tests;

/// <summary>What a run of the command left behind.</summary>
internal sealed record Result(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the command in this process, in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(false);

    public string Folder { get; init; } = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    public bool Terminal { get; init; }

    public bool Colour { get; init; }

    public int Width { get; init; } = 100;

    public CancellationToken Stop { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? TaxiiKey { get; init; }

    public Stream Input { get; set; } = Stream.Null;

    public Stream? Output { get; set; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, Utf8);
        return path;
    }

    /// <summary>A list of invented people and one invented company, as FtM JSON lines.</summary>
    public string List() => Write("list.jsonl", """
        {"id":"t-1","caption":"Zubayr Al-Fictivi","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Zubayr Al-Fictivi"],"alias":["زبير الفكتيفي"],"birthDate":["1970-02-01"],"nationality":["sa"]}}
        {"id":"t-2","caption":"Модест Выдуманов","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Модест Выдуманов"],"birthDate":["1955"]}}
        {"id":"t-3","caption":"Imaginary Trading House","schema":"Organization","datasets":["test"],"target":true,"properties":{"name":["Imaginary Trading House"],"country":["fr"]}}

        """);

    public Result Run(params string[] args)
    {
        using var bytes = new MemoryStream();
        var output = Output ?? bytes;
        using var text = new StreamWriter(output, Utf8, leaveOpen: true);
        using var error = new StringWriter { NewLine = "\n" };
        text.NewLine = "\n";
        using var surroundings = new Surroundings
        {
            In = Input,
            OutBytes = output,
            Out = text,
            Error = error,
            OutIsTerminal = Terminal,
            Colour = Colour,
            Width = Width,
            DataFolder = PathOf("data"),
            ProgramFolder = Folder,
            TaxiiKey = TaxiiKey,
            Stop = Stop,
            Time = Time,
        };
        var code = EntenteCommand.Run(args, surroundings);
        text.Flush();
        return new Result(code, Utf8.GetString(bytes.ToArray()), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
