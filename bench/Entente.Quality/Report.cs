using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Bench;

/// <summary>Collects figures: prints them as they come, keeps them for JSON, writes the misses.</summary>
internal sealed class Report(Options options) : IDisposable
{
    private const int LabelWidth = 58;

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _measurements = [];
    private readonly StreamWriter? _misses =
        options.Misses is null ? null : new StreamWriter(options.Misses, append: false, new UTF8Encoding(false));

    private JsonArray _current = [];
    private string _name = "";

    /// <summary>Figures that fell short of their goal so far.</summary>
    public int GoalsMissed { get; private set; }

    /// <summary>Measurements that could not be made so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>Runs one measurement under its heading.</summary>
    public void Measure(string name, Action run)
    {
        _name = name;
        _current = [];
        Console.WriteLine();
        Console.WriteLine("== " + name);
        long start = Stopwatch.GetTimestamp();
        run();
        Console.WriteLine(Text($"   ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s)"));
        _measurements[name] = _current;
    }

    /// <summary>Says that the measurement could not be made.</summary>
    public void Skip(string reason)
    {
        Skipped++;
        Console.WriteLine("   skipped: " + reason);
        _current.Add(new JsonObject { ["skipped"] = reason });
    }

    /// <summary>A share, with its confidence interval.</summary>
    public void Rate(string what, Rate rate, Goal? goal = null)
    {
        int digits = rate.Value is > 0 and < 0.01 || goal is { Bound: < 0.01 } ? 3 : 2;
        string F(double share) => (100 * share).ToString("F" + digits, CultureInfo.InvariantCulture);
        Console.WriteLine(Text(
            $"   {what.PadRight(LabelWidth)} {rate.Count,7} / {rate.Of,-7} {F(rate.Value),7}%  [{F(rate.Low),6}, {F(rate.High),6}]{Mark(goal, rate.Value, "%", 100)}"));
        _current.Add(new JsonObject
        {
            ["what"] = what,
            ["count"] = rate.Count,
            ["of"] = rate.Of,
            ["rate"] = rate.Value,
            ["low"] = rate.Low,
            ["high"] = rate.High,
            ["goal"] = goal?.Bound,
        });
    }

    /// <summary>A plain figure.</summary>
    public void Figure(string what, double value, string unit, Goal? goal = null)
    {
        string shown = value.ToString(unit.Length == 0 && value == Math.Floor(value) ? "F0" : "F3", CultureInfo.InvariantCulture);
        Console.WriteLine(Text($"   {what.PadRight(LabelWidth)} {shown,17} {unit}{Mark(goal, value, " " + unit, 1)}"));
        _current.Add(new JsonObject { ["what"] = what, ["value"] = value, ["unit"] = unit, ["goal"] = goal?.Bound });
    }

    /// <summary>A line that separates groups of figures.</summary>
    public static void Group(string heading) => Console.WriteLine("  " + heading);

    /// <summary>Notes one miss or false alarm: tab-separated, the measurement first.</summary>
    public void Miss(params ReadOnlySpan<string> fields)
    {
        if (_misses is null)
            return;
        _misses.Write(_name);
        foreach (string field in fields)
        {
            _misses.Write('\t');
            _misses.Write(field.ReplaceLineEndings(" ").Replace('\t', ' '));
        }
        _misses.WriteLine();
    }

    /// <summary>Writes the JSON file, where one was asked for.</summary>
    public void WriteJson()
    {
        if (options.Json is null)
            return;
        JsonObject whole = new()
        {
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["processors"] = Environment.ProcessorCount,
            ["threads"] = options.Threads,
            ["rows"] = options.Rows,
            ["goalsMissed"] = GoalsMissed,
            ["skipped"] = Skipped,
            ["measurements"] = _measurements,
        };
        File.WriteAllText(options.Json, whole.ToJsonString(Indented) + "\n");
    }

    public void Dispose() => _misses?.Dispose();

    private string Mark(Goal? goal, double value, string unit, double scale)
    {
        if (goal is not { } g)
            return "";
        bool met = g.IsMetBy(value);
        if (!met)
            GoalsMissed++;
        return Text($"  goal {(g.AtLeast ? "≥" : "≤")} {g.Bound * scale:0.###}{unit} {(met ? "met" : "MISSED")}");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
