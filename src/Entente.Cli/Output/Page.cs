using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entente.Screening;
using Spectre.Console;

namespace Entente.Cli.Output;

/// <summary>
/// A page of text for people: coloured and wrapped on a terminal, plain and unwrapped when piped, so that a line can be
/// searched for.
/// </summary>
internal sealed class Page
{
    /// <summary>Wider than any line: piped text is not wrapped.</summary>
    private const int Unwrapped = 100_000;

    private readonly Surroundings _surroundings;
    private readonly StringBuilder _text = new();
    private readonly IAnsiConsole _console;

    /// <summary>Starts an empty page.</summary>
    /// <param name="surroundings">Where it will go.</param>
    public Page(Surroundings surroundings)
    {
        _surroundings = surroundings;
        var colour = surroundings is { OutIsTerminal: true, Colour: true };
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(_text, CultureInfo.InvariantCulture) { NewLine = "\n" }),
        });
        _console.Profile.Width = surroundings.OutIsTerminal ? surroundings.Width : Unwrapped;
        _console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>A blank line.</summary>
    public void Line() => _console.WriteLine();

    /// <summary>A line of one style.</summary>
    /// <param name="text">Safe to show: outside text has gone through <see cref="Shown"/>.</param>
    /// <param name="style">A Spectre.Console style such as <c>bold red</c>, or empty.</param>
    public void Line(string text, string style = "") => Line((text, style));

    /// <summary>A line of several styles.</summary>
    /// <param name="parts">Text and style of each part.</param>
    public void Line(params ReadOnlySpan<(string Text, string Style)> parts)
    {
        var paragraph = new Paragraph();
        foreach (var (text, style) in parts)
            paragraph.Append(text, style.Length == 0 ? Style.Plain : Style.Parse(style));
        _console.Write(paragraph);
        _console.WriteLine();
    }

    /// <summary>Evidence, one line each with its weight in bits, and the sum.</summary>
    /// <param name="evidence">In the engine's order.</param>
    /// <param name="total">What it adds up to.</param>
    public void Evidence(ImmutableArray<Evidence> evidence, double total)
    {
        if (evidence.IsDefaultOrEmpty)
            return;
        var grid = new Grid();
        grid.AddColumn(new GridColumn { Alignment = Justify.Right, Width = 13, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Width = 12, Padding = new Padding(0, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var item in evidence)
        {
            var style = Style.Parse(item.Weight < 0 ? "green" : item.Weight > 0 ? "red" : "dim");
            grid.AddRow(new Text(Bits(item.Weight), style), new Text(Shown.OneLine(item.Feature)), new Text(Shown.Text(Reason(item))));
        }
        grid.AddRow(new Text(Bits(total), Style.Parse("bold")), new Text("in all"), new Text("in bits: + speaks for the same one, - against", Style.Parse("dim")));
        _console.Write(grid);
    }

    /// <summary>Writes the page to standard output.</summary>
    public void Flush()
    {
        foreach (var line in _text.ToString().TrimEnd('\n').Split('\n'))
            _surroundings.Out.WriteLine(line.TrimEnd(' '));
        _surroundings.Out.Flush();
    }

    /// <summary>What was compared, and what came of it: <c>Oussama / USAMA: spellings of one name</c>.</summary>
    private static string Reason(Evidence item) => (item.QueryValue, item.ListedValue) switch
    {
        (null, null) => item.Explanation,
        ({ } asked, null) => $"{asked}: {item.Explanation}",
        (null, { } listed) => $"{listed}: {item.Explanation}",
        ({ } asked, { } listed) when asked == listed => $"{asked}: {item.Explanation}",
        ({ } asked, { } listed) => $"{asked} / {listed}: {item.Explanation}",
    };

    private static string Bits(double weight) => weight.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
