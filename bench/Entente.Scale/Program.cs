using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Bench;
using Entente.Scale;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<string> data = new("--data") { Description = "folder of the real names and queries (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)", Recursive = true };
Option<ulong> seed = new("--seed") { Description = "another seed makes another list", DefaultValueFactory = _ => 1, Recursive = true };
Option<int[]> sizes = new("--sizes")
{
    Description = "entities in each list, smallest first",
    DefaultValueFactory = _ => [100_000, 1_000_000, 3_000_000],
    AllowMultipleArgumentsPerToken = true,
};
Option<int> queries = new("--queries") { Description = "queries timed at each size", DefaultValueFactory = _ => 2000, Recursive = true };
Option<string> json = new("--json") { Description = "write the results to this file" };
RootCommand command = new("Lists of made-up names, larger and larger: what building, memory and a query cost.") { data, seed, sizes, queries, json };

Option<int> count = new("--count") { Description = "entities in the list", DefaultValueFactory = _ => 100_000 };
Option<string> output = new("--output") { Description = "where the list goes, as FtM JSON lines", Required = true };
Command generate = new("generate", "Writes a made-up list, for trying other programs with it.") { count, output };
generate.SetAction(arguments => WithData(arguments.GetValue(data), folder =>
{
    SizeMeasurement.Write(arguments.GetValue(output)!, folder, Math.Max(1, arguments.GetValue(count)), arguments.GetValue(seed));
    return 0;
}));
command.Subcommands.Add(generate);

// Each size runs in a process of its own, so that memory can be told apart.
Option<int> size = new("--size") { Required = true };
Command one = new("one", "Measures one size and prints it as JSON.") { size };
one.Hidden = true;
one.SetAction(arguments => WithData(arguments.GetValue(data), folder =>
{
    Measured measured = SizeMeasurement.Run(folder, arguments.GetValue(size), arguments.GetValue(seed), arguments.GetValue(queries));
    Console.WriteLine(JsonSerializer.Serialize(measured, MeasuredJson.Default.Measured));
    return 0;
}));
command.Subcommands.Add(one);

command.SetAction(arguments => WithData(arguments.GetValue(data), folder =>
{
    Console.WriteLine(Machine.Line());
    List<Measured> all = [];
    JsonArray failed = [];
    foreach (int each in (arguments.GetValue(sizes) ?? []).Order())
    {
        Console.WriteLine(FormattableString.Invariant($"{each:N0} entities ..."));
        (Measured? measured, string problem) = InProcessOfItsOwn(folder, each, arguments.GetValue(seed), arguments.GetValue(queries));
        if (measured is not null)
        {
            all.Add(measured);
            continue;
        }
        Console.WriteLine($"   failed: {problem}");
        failed.Add(new JsonObject { ["entities"] = each, ["problem"] = problem });
    }
    Print(all);
    if (arguments.GetValue(json) is { } path)
    {
        Machine.Write(path, new JsonObject
        {
            ["machine"] = Machine.ToJson(),
            ["seed"] = arguments.GetValue(seed),
            ["sizes"] = new JsonArray([.. all.Select(measured => JsonSerializer.SerializeToNode(measured, MeasuredJson.Default.Measured))]),
            ["failed"] = failed,
        });
    }
    return failed.Count == 0 ? 0 : 1;
}));
return command.Parse(args).Invoke();

static int WithData(string? told, Func<string, int> run)
{
    if (RealData.Find(told) is { } folder)
        return run(folder);
    Console.WriteLine("skipped: no real data");
    return 0;
}

static (Measured? Measured, string Problem) InProcessOfItsOwn(string data, int size, ulong seed, int queries)
{
    string self = Environment.ProcessPath!;
    ProcessStartInfo start = new(self) { RedirectStandardOutput = true, RedirectStandardError = true };
    // Out of memory shall end the one process and not the machine.
    start.Environment["DOTNET_GCHeapHardLimitPercent"] = "0x55";
    IEnumerable<string> program = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(Measured).Assembly.Location] : [];
    foreach (string argument in program.Concat(["one", "--data", data, "--size", Text(size), "--seed", Text(seed), "--queries", Text(queries)]))
        start.ArgumentList.Add(argument);
    using Process process = Process.Start(start)!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string answer = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    string said = errors.GetAwaiter().GetResult();
    if (process.ExitCode == 0)
        return (JsonSerializer.Deserialize(answer, MeasuredJson.Default.Measured), "");
    return (null, said.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase) || said.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        ? "out of memory"
        : $"it ended with {process.ExitCode}. {said.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()}");
}

static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

static void Print(List<Measured> all)
{
    if (all.Count == 0)
        return;
    Console.WriteLine();
    TextTable table = new(["", .. all.Select(each => FormattableString.Invariant($"{each.Entities:N0}")), .. all.Skip(1).Select((each, i) =>
        FormattableString.Invariant($"x{(double)each.Entities / all[i].Entities:0.#}"))]);
    void Row(string what, Func<Measured, double> value, Func<double, string> show) => table.Add(
        what, [.. all.Select(each => show(value(each))), .. all.Skip(1).Select((each, i) => FormattableString.Invariant($"x{value(each) / value(all[i]):0.0#}"))]);
    static string Bytes(double value) => Machine.Megabytes((long)value);
    static string Whole(double value) => FormattableString.Invariant($"{value:N0}");
    static string Figure(double value) => FormattableString.Invariant($"{value:G3}");
    Row("names", each => each.Names, Whole);
    Row("file, FtM JSON lines", each => each.FileBytes, Bytes);
    Row("making the list, s", each => each.GenerateSeconds, Figure);
    Row("reading it, s", each => each.ReadSeconds, Figure);
    Row("entities on the managed heap", each => each.EntityHeapBytes, Bytes);
    Row("building the index, s", each => each.BuildSeconds, Figure);
    Row("index on the managed heap", each => each.IndexHeapBytes, Bytes);
    Row("... bytes for each name", each => (double)each.IndexHeapBytes / each.Names, Whole);
    Row("process in memory (RSS)", each => each.ResidentBytes, Bytes);
    Row("... at its peak", each => each.PeakResidentBytes ?? double.NaN, Bytes);
    Row("queries timed", each => each.Queries, Whole);
    Row("query, median, ms", each => each.MedianMs, Figure);
    Row("query, p95, ms", each => each.P95Ms, Figure);
    Row("query, p99, ms", each => each.P99Ms, Figure);
    Row("query, max, ms", each => each.MaxMs, Figure);
    Row("queries a second, one core", each => each.QueriesPerSecond, Figure);
    Row("queries that match somebody made up", each => each.Alerts, Whole);
    table.Print(Console.Out);
    Console.WriteLine("The columns to the right: how many times the size before, and how many times the figure before.");
}
