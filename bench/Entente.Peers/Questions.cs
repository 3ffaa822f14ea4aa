namespace Entente.Bench.Peers;

/// <summary>A name to be asked for, and which entities are the right answer.</summary>
/// <param name="Schema">What is asked for.</param>
/// <param name="Name">The name as it comes.</param>
/// <param name="Right">Ids of the right entities; empty for an ordinary person, for whom every hit is a false alert.</param>
internal sealed record Question(string Schema, string Name, IReadOnlySet<string> Right);

/// <summary>The queries that every contender is asked, in the same order.</summary>
/// <param name="Listed">People on the UN list under mangled names.</param>
/// <param name="Ordinary">People who are not listed, by query file.</param>
/// <param name="Fresh">More of them, who are asked for once.</param>
internal sealed record Questions(IReadOnlyList<Question> Listed, IReadOnlyList<(string File, IReadOnlyList<Question> People)> Ordinary, IReadOnlyList<Question> Fresh)
{
    private const int TimedOrdinary = 2000;
    private const int MostFresh = 2000;
    private static readonly HashSet<string> Nobody = [];

    /// <summary>The queries whose time is taken: all mangled names, and ordinary people of many cultures.</summary>
    public IReadOnlyList<Question> Timed { get; } =
        [.. Listed, .. RealData.Thin(Ordinary.First(each => each.File.Contains("global", StringComparison.Ordinal)).People, TimedOrdinary)];

    /// <summary>Reads the query files.</summary>
    /// <param name="options">Where they are, and how much of them to take.</param>
    /// <param name="right">The right entities for a UN reference id; empty where it is no longer listed.</param>
    public static Questions Read(Options options, Func<string, IEnumerable<string>> right)
    {
        string folder = Path.Combine(options.Data, "queries");
        List<Question> listed =
        [
            .. RealData.Rows(Path.Combine(folder, "un-listed-people.csv"), options.Rows)
                .Select(row => new Question("Person", row["full_name"], row["expected_reference"].Split('|').SelectMany(reference => right("un-" + reference)).ToHashSet()))
                .Where(question => question.Right.Count > 0),
        ];
        int ordinary = options.Rows == 0 ? options.Ordinary : options.Ordinary == 0 ? options.Rows : Math.Min(options.Rows, options.Ordinary);
        List<(string File, IReadOnlyList<Question> People)> all = [.. RealData.OrdinaryFiles.Select(file => (file, (IReadOnlyList<Question>)
        [
            .. RealData.Rows(Path.Combine(folder, file)).Select(row => new Question("Person", row["full_name"], Nobody)),
        ]))];
        List<(string File, IReadOnlyList<Question> People)> people = [.. all.Select(file => (file.File, RealData.Thin(file.People, ordinary)))];
        HashSet<string> asked = [.. listed.Concat(people.SelectMany(file => file.People)).Select(question => question.Name)];
        List<Question> others = [.. all.SelectMany(file => file.People).Where(question => asked.Add(question.Name))];
        return new Questions(listed, people, RealData.Thin(others, MostFresh));
    }

    /// <summary>Names in Arabic and Cyrillic script, each to be found on the list without those scripts.</summary>
    public static IReadOnlyList<Question> AcrossScripts(ScriptCases cases, Options options) =>
        [.. RealData.Thin(cases.Findable, options.Rows).Select(c => new Question(c.Entity.Schema, c.Name, new HashSet<string> { c.Entity.Id }))];
}
