using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Bench;
using Entente.Bench.Peers;
using Entente.Bench.Peers.Contenders;
using Entente.Records;
using Npgsql;

const string ServerVariable = "ENTENTE_BENCH_PG";

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<string> data = new("--data") { Description = "folder of the real data (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)" };
Option<string[]> lists = new("--list") { Description = "un, union, or both (the default)", DefaultValueFactory = _ => ["un", "union"] };
lists.AcceptOnlyFromAmong("un", "union");
Option<int> rows = new("--rows") { Description = "at most this many rows of each query file, evenly spread: a quick look, not a result" };
Option<int> ordinary = new("--ordinary") { Description = "at most this many ordinary people of each file, evenly spread; 0 is all", DefaultValueFactory = _ => 5000 };
Option<double> fuzzy = new("--fuzzy-millions") { Description = "comparisons of two names, in millions, that FuzzySharp may make for each measurement: it gets as many queries", DefaultValueFactory = _ => 10 };
Option<string> json = new("--json") { Description = "write the results to this file" };

RootCommand command = new($"Entente beside FuzzySharp and PostgreSQL's pg_trgm: same lists, same queries, one core. {ServerVariable} may hold the connection string of a server to use.")
{
    data, lists, rows, ordinary, fuzzy, json,
};
command.SetAction(arguments =>
{
    if (RealData.Find(arguments.GetValue(data)) is not { } folder)
    {
        Console.WriteLine("skipped: no real data");
        return 0;
    }
    Options options = new()
    {
        Data = folder,
        Lists = arguments.GetValue(lists) ?? [],
        Json = arguments.GetValue(json),
        Rows = Math.Max(0, arguments.GetValue(rows)),
        Ordinary = Math.Max(0, arguments.GetValue(ordinary)),
        FuzzyComparisons = (long)(1_000_000 * Math.Max(0, arguments.GetValue(fuzzy))),
        Postgres = Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } given ? given : null,
    };
    Run(options);
    return 0;
});
return command.Parse(args).Invoke();

static void Run(Options options)
{
    Console.WriteLine(Machine.Line());
    string? problem = null;
    using PostgresServer? server = options.Postgres is null ? PostgresServer.TryStart(out problem) : null;
    string? connection = options.Postgres ?? server?.ConnectionString;
    if (connection is not null)
        problem = Refusal(connection);
    if (problem is not null)
        Console.WriteLine($"pg_trgm: skipped: {problem}");

    List<Func<IReadOnlyList<Entity>, Contender>> contenders =
    [
        list => new EntenteContender(list, readsEvidence: false),
        list => new EntenteContender(list, readsEvidence: true),
        list => new FuzzySharpContender(NameBook.Of(list), options.FuzzyComparisons),
    ];
    if (problem is null && connection is not null)
        contenders.Add(list => new TrigramContender(connection, NameBook.Of(list)));

    IReadOnlyList<Entity> un = RealData.UnList(options.Data);
    JsonArray runs = [];
    JsonArray files = [];
    if (options.Lists.Contains("un"))
    {
        HashSet<string> ids = [.. un.Select(entity => entity.Id)];
        ScriptCases scripts = ScriptCases.Of(un);
        Questions questions = Questions.Read(options, id => ids.Contains(id) ? [id] : []);
        runs.Add(new ListRun("the UN list", un, questions, Questions.AcrossScripts(scripts, options), scripts.Stripped, contenders).Run());
    }
    if (options.Lists.Contains("union"))
    {
        List<Entity> union = [];
        Console.WriteLine("union of the real lists:");
        foreach (RealList list in RealLists.Union(options.Data))
        {
            Console.WriteLine(FormattableString.Invariant($"   {list.File}: {list.Problem ?? $"{list.Entities.Count:N0} entities"}"));
            files.Add(new JsonObject { ["file"] = list.File, ["entities"] = list.Entities.Count, ["problem"] = list.Problem });
            union.AddRange(list.Entities);
        }
        Questions questions = Questions.Read(options, Namesakes.In(union));
        runs.Add(new ListRun("the union of the lists that could be read", union, questions, null, null, contenders).Run());
    }
    if (options.Json is not null)
    {
        Machine.Write(options.Json, new JsonObject
        {
            ["machine"] = Machine.ToJson(),
            ["rows"] = options.Rows,
            ["ordinary"] = options.Ordinary,
            ["fuzzyComparisons"] = options.FuzzyComparisons,
            ["skipped"] = problem is null ? null : "pg_trgm: " + problem,
            ["files"] = files,
            ["runs"] = runs,
        });
    }
}

// Why a server cannot be used; null where it can.
static string? Refusal(string connectionString)
{
    try
    {
        using TrigramContender trial = new(connectionString, NameBook.Of([new EntityBuilder("trial", "Person", "trial").Add("name", "Trial").Build()]));
        return null;
    }
    catch (Exception e) when (e is NpgsqlException or InvalidOperationException or ArgumentException)
    {
        return "PostgreSQL cannot be used: " + e.Message.ReplaceLineEndings(" ");
    }
}
