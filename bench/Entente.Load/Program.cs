using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Bench;
using Entente.Load;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<string> data = new("--data") { Description = "folder of the real lists and queries (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)" };
Option<string> program = new("--entente") { Description = "entente.dll to start (else artifacts/entente/entente.dll, which ./entente builds)" };
Option<int> seconds = new("--seconds") { Description = "how long each load lasts", DefaultValueFactory = _ => 10 };
Option<int[]> connections = new("--connections") { Description = "connections, each with one request at a time", DefaultValueFactory = _ => [16], AllowMultipleArgumentsPerToken = true };
Option<int[]> batches = new("--batch") { Description = "names in each request", DefaultValueFactory = _ => [1, 10, 50], AllowMultipleArgumentsPerToken = true };
Option<string> keep = new("--folder") { Description = "data folder to use and leave, so that lists need not be installed again" };
Option<bool> wrk = new("--wrk") { Description = "let wrk ask the same beside our own load" };
Option<bool> check = new("--check") { Description = "exit 1 when a goal is missed" };
Option<string> json = new("--json") { Description = "write the results to this file" };
RootCommand command = new("A whole node under load: installs the real lists, starts `entente serve`, and asks POST /match over loopback.") { data, program, seconds, connections, batches, keep, wrk, check, json };
command.SetAction(async (arguments, _) =>
{
    if (RealData.Find(arguments.GetValue(data)) is not { } folder)
    {
        Console.WriteLine("skipped: no real data");
        return 0;
    }
    string entente = arguments.GetValue(program) ?? Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(RealData.OwnPairs()))!, "artifacts", "entente", "entente.dll");
    if (!File.Exists(entente))
    {
        Console.WriteLine($"there is no {entente}: run ./entente once, or name it with --entente");
        return 1;
    }
    string home = arguments.GetValue(keep) ?? Directory.CreateTempSubdirectory("entente-load-").FullName;
    try
    {
        return await LoadBench.RunAsync(folder, entente, home, new LoadOptions(
            TimeSpan.FromSeconds(Math.Max(1, arguments.GetValue(seconds))), arguments.GetValue(connections) ?? [16], arguments.GetValue(batches) ?? [1, 10, 50],
            arguments.GetValue(wrk), arguments.GetValue(check), arguments.GetValue(json)));
    }
    finally
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (arguments.GetValue(keep) is null)
            Directory.Delete(home, recursive: true);
    }
});
return await command.Parse(args).InvokeAsync();

namespace Entente.Load
{
    /// <summary>How to measure.</summary>
    internal sealed record LoadOptions(TimeSpan Time, int[] Connections, int[] Batches, bool Wrk, bool Check, string? Json);

    /// <summary>The bench from begin to end.</summary>
    internal static class LoadBench
    {
        private const double GoalNames = 5000, GoalP99 = 20, GoalReady = 3, GoalMegabytes = 500;

        // One in so many names asked is of somebody listed: more than anywhere in life.
        private const int ListedOneIn = 20;

        private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15), WarmUp = TimeSpan.FromSeconds(5);

        public static async Task<int> RunAsync(string data, string entente, string home, LoadOptions options)
        {
            Console.WriteLine(Machine.Line());
            await InstallAsync(data, entente, home);
            string key = await NodeProcess.MakeKeyAsync(home);
            string log = Path.Combine(home, "bench.log");
            Console.WriteLine("Indexing, once ...");
            using (NodeProcess first = await NodeProcess.StartAsync(entente, home, log))
                Console.WriteLine(FormattableString.Invariant($"  the first start, which indexes: ready after {first.ReadyAfter.TotalSeconds:F1} s"));

            using NodeProcess node = await NodeProcess.StartAsync(entente, home, log);
            await Task.Delay(Rest);
            long atRest = node.Resident;
            Console.WriteLine(FormattableString.Invariant($"ready after {node.ReadyAfter.TotalSeconds:F2} s ({node.WorkedUntilReady.TotalSeconds:F2} s of processor time); at rest {Machine.Megabytes(atRest)} in memory, at its peak {Machine.Megabytes(node.Peak)}"));

            IReadOnlyList<string> names = Names(data);
            List<LoadResult> results = [];
            foreach (int batch in options.Batches)
            {
                byte[][] requests = LoadRun.Requests(names, batch, key);
                // Until the runtime has compiled what is hot: on a busy machine that takes its time.
                TimeSpan before = node.Worked;
                while (node.Worked - before < WarmUp)
                    await LoadRun.RunAsync(node, requests, batch, options.Connections[0], TimeSpan.FromSeconds(1));
                foreach (int connections in options.Connections)
                {
                    results.Add(await LoadRun.RunAsync(node, requests, batch, connections, options.Time));
                    Print(results[^1]);
                }
            }
            await Task.Delay(Rest);
            Console.WriteLine($"after the load: {Machine.Megabytes(node.Resident)} in memory, at its peak {Machine.Megabytes(node.Peak)}");
            Wrk(node, key, names, home, options);
            if (options.Json is { } path)
            {
                Machine.Write(path, new JsonObject
                {
                    ["machine"] = Machine.ToJson(),
                    ["readySeconds"] = node.ReadyAfter.TotalSeconds,
                    ["atRestBytes"] = atRest,
                    ["afterLoadBytes"] = node.Resident,
                    ["peakBytes"] = node.Peak,
                    ["loads"] = new JsonArray([.. results.Select(result => result.ToJson())]),
                });
            }
            return Judge(node, atRest, results) || !options.Check ? 0 : 1;
        }

        private static async Task InstallAsync(string data, string entente, string home)
        {
            if (Directory.Exists(Path.Combine(home, "lists")))
                return;
            foreach (string file in RealLists.Files)
            {
                string? problem = await NodeProcess.AddListAsync(entente, home, Path.Combine(data, "lists", file));
                Console.WriteLine(problem is null ? $"installed {file}" : $"NOT installed: {file}: {problem.Split('\n')[^1]}");
            }
        }

        /// <summary>Ordinary people, and among them some who are listed, under mangled names.</summary>
        private static List<string> Names(string data)
        {
            IReadOnlyList<string> listed = Column("un-listed-people.csv");
            List<string> names = [];
            foreach (string name in Column("ordinary-people-global.csv").Concat(Column("ordinary-people-us.csv")))
            {
                names.Add(name);
                if (names.Count % ListedOneIn == 0)
                    names.Add(listed[names.Count / ListedOneIn % listed.Count]);
            }
            return names;

            IReadOnlyList<string> Column(string file) => [.. RealData.Rows(Path.Combine(data, "queries", file), 10_000).Select(row => row["full_name"]).Where(name => name.Length > 0)];
        }

        private static void Print(LoadResult result)
        {
            Console.WriteLine(FormattableString.Invariant($"batch {result.Batch,4}, {result.Connections,4} connections: {result.NamesPerSecond,9:N0} names/s, {result.Requests / result.Seconds,8:N0} requests/s; p50 {result.At(0.5):F2} ms, p95 {result.At(0.95):F2} ms, p99 {result.At(0.99):F2} ms, max {result.At(1):F1} ms; the node on {result.NodeCores:F2} cores, {result.NamesPerSecond / result.NodeCores:N0} names per second of processor time"));
            Console.WriteLine(FormattableString.Invariant($"   garbage: {result.Garbage.Gen0:N0} collections ({result.Garbage.Gen1:N0} of generation 1, {result.Garbage.Gen2:N0} of 2), {1000 * result.Garbage.PauseSeconds:N0} ms stopped in all"));
            if (result.Failed > 0)
                Console.WriteLine(FormattableString.Invariant($"   {result.Failed:N0} FAILED; the first: {result.FirstFailure}"));
        }

        private static void Wrk(NodeProcess node, string key, IReadOnlyList<string> names, string home, LoadOptions options)
        {
            string list = Path.Combine(home, "names.txt");
            File.WriteAllLines(list, names);
            string script = Path.Combine(Path.GetDirectoryName(RealData.OwnPairs())!, "Entente.Load", "match.lua");
            foreach (int batch in options.Batches)
            {
                string[] arguments = ["-t2", FormattableString.Invariant($"-c{options.Connections[0]}"), FormattableString.Invariant($"-d{options.Time.TotalSeconds}s"), "--latency", "-s", script, FormattableString.Invariant($"http://127.0.0.1:{node.Port}"), "--", key, list, FormattableString.Invariant($"{batch}")];
                Console.WriteLine($"the same with wrk: wrk {string.Join(' ', arguments).Replace(key, "$KEY", StringComparison.Ordinal)}");
                if (!options.Wrk)
                    continue;
                ProcessStartInfo start = new("wrk", arguments);
                using Process process = Process.Start(start)!;
                process.WaitForExit();
            }
        }

        private static bool Judge(NodeProcess node, long atRest, List<LoadResult> results)
        {
            bool good = true;
            Goal($"at least {GoalNames:N0} names/s at p99 under {GoalP99} ms", results.Exists(result => result.Failed == 0 && result.NamesPerSecond >= GoalNames && result.At(0.99) < GoalP99));
            Goal($"ready within {GoalReady} s", node.ReadyAfter.TotalSeconds <= GoalReady);
            Goal($"under {GoalMegabytes} MB at rest", atRest < GoalMegabytes * 1_000_000);
            return good;

            void Goal(string text, bool met)
            {
                good &= met;
                Console.WriteLine($"goal: {text}: {(met ? "met" : "MISSED")}");
            }
        }
    }
}
