using System.CommandLine;
using System.Globalization;
using Entente.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

(string Name, Action<Options, Report> Run)[] measurements =
[
    ("listed", ListedMeasurement.Run),
    ("script", ScriptMeasurement.Run),
    ("ordinary", OrdinaryMeasurement.Run),
    ("tokens", TokenMeasurement.Run),
    ("pairs", PairMeasurement.Run),
    ("aliases", AliasMeasurement.Run),
    ("union", UnionMeasurement.Run),
    ("circumstances", CircumstanceMeasurement.Run),
    ("recall", RecallMeasurement.Run),
    ("latency", LatencyMeasurement.Run),
];

Argument<string[]> what = new("what")
{
    Description = "all (the default), or any of: " + string.Join(", ", measurements.Select(m => m.Name)),
    Arity = ArgumentArity.ZeroOrMore,
};
what.AcceptOnlyFromAmong(["all", .. measurements.Select(m => m.Name)]);
Option<string> data = new("--data") { Description = "folder of the real data (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)" };
Option<string> pairs = new("--pairs") { Description = "labelled pairs: schema,name1,name2,is_match[,quality,category] (else bench/pairs.csv)" };
Option<string> misses = new("--misses") { Description = "write each miss and false alarm to this file" };
Option<string> json = new("--json") { Description = "write the results to this file as JSON" };
Option<int> threads = new("--threads") { Description = "queries at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
Option<int> rows = new("--rows") { Description = "at most this many rows of each query file, evenly spread: a quick look while tuning" };
Option<bool> check = new("--check") { Description = "exit 1 when a goal is missed or could not be measured" };

RootCommand command = new("Measures Entente on real data: recall, false alarms, tokens across scripts, labelled pairs, latency.")
{
    what, data, pairs, misses, json, threads, rows, check,
};
command.SetAction(arguments =>
{
    Options options = new()
    {
        Data = RealData.Find(arguments.GetValue(data)),
        Pairs = arguments.GetValue(pairs) ?? RealData.OwnPairs(),
        Misses = arguments.GetValue(misses),
        Json = arguments.GetValue(json),
        Threads = Math.Max(1, arguments.GetValue(threads)),
        Rows = Math.Max(0, arguments.GetValue(rows)),
        Check = arguments.GetValue(check),
    };
    string[] chosen = arguments.GetValue(what) ?? [];
    using Report report = new(options);
    foreach ((string name, Action<Options, Report> run) in measurements)
    {
        if (chosen.Length == 0 || chosen.Contains("all") || chosen.Contains(name))
            report.Measure(name, () => run(options, report));
    }
    report.WriteJson();
    return options.Check && report.GoalsMissed + report.Skipped > 0 ? 1 : 0;
});
return command.Parse(args).Invoke();
