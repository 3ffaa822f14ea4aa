using System.Text.Json.Nodes;
using Entente.Bench.Peers.Contenders;
using Entente.Records;

namespace Entente.Bench.Peers;

/// <summary>All contenders on one list: speed, memory, recall, alerts.</summary>
/// <param name="title">What the list is called.</param>
/// <param name="list">Its entities.</param>
/// <param name="questions">What is asked.</param>
/// <param name="scripts">Names to be found across scripts; null where this is not measured.</param>
/// <param name="stripped">The list without those scripts; null where this is not measured.</param>
/// <param name="contenders">Loads a list into each contender, Entente first.</param>
internal sealed class ListRun(
    string title, IReadOnlyList<Entity> list, Questions questions, IReadOnlyList<Question>? scripts, IReadOnlyList<Entity>? stripped,
    IReadOnlyList<Func<IReadOnlyList<Entity>, Contender>> contenders)
{
    private const int EntenteWarmUpRounds = 2;
    private const int PeerWarmUpQueries = 100;

    // Throughput is what goes on for a while: turns are long enough that each finds its own data near the processor, and several,
    // so that a machine which slows down slows both.
    private const int Turns = 5;
    private static readonly TimeSpan LeastTurn = TimeSpan.FromSeconds(0.25);

    private sealed record Heard(
        IReadOnlyList<Answer> Listed, IReadOnlyList<(string File, IReadOnlyList<Answer> Answers)> Ordinary, IReadOnlyList<Answer>? AcrossScripts);

    /// <summary>Measures and prints.</summary>
    /// <returns>The same for a machine.</returns>
    public JsonObject Run()
    {
        Console.WriteLine("== " + title);
        Console.WriteLine(FormattableString.Invariant(
            $"   asked: {questions.Listed.Count:N0} mangled names of listed people, {questions.Ordinary.Sum(each => each.People.Count):N0} ordinary people{(scripts is null ? "" : $", {scripts.Count:N0} names across scripts")}; timed: {questions.Timed.Count:N0}; a slow contender gets an even sample of them"));
        List<Standing> standings = [];
        Heard? entente = null;
        Contender? first = null;
        foreach (Func<IReadOnlyList<Entity>, Contender> load in contenders)
        {
            using Contender contender = load(list);
            // Entente stays in use to the end; it holds nothing that must be given back.
            first ??= contender;
            Console.WriteLine($"   {contender.Name}: {contender.Setup}");
            Heard heard = Ask(contender, load);
            entente ??= heard;
            IEnumerable<(Threshold Threshold, bool Equal)> thresholds = contender.Usual.Select(usual => (usual, false));
            if (heard != entente)
                thresholds = thresholds.Append((EqualAlerts(heard, entente, standings[0].Threshold), true));
            contender.Aim(contender.Usual[0]);
            Latencies fresh = Latencies.Of(RealData.Thin(questions.Fresh, contender.Sample("Person")), SearchBy(contender));
            (Latencies Own, Latencies Entente)? speed = null;
            foreach ((Threshold threshold, bool equal) in thresholds)
            {
                if (speed is null || contender.IsFasterAbove)
                {
                    contender.Aim(threshold);
                    speed = Time(contender, first);
                }
                standings.Add(new Standing
                {
                    Contender = contender,
                    Threshold = threshold,
                    EqualAlerts = equal,
                    Fresh = fresh,
                    Speed = speed.Value.Own,
                    Entente = speed.Value.Entente,
                    Alerts = [.. heard.Ordinary.Select(file => (file.File, new Rate(file.Answers.Count(answer => answer.IsAlert(threshold)), file.Answers.Count)))],
                    EntenteAlerts = Alerts(entente, heard, standings.Count == 0 ? threshold : standings[0].Threshold),
                    Listed = Recall.Of(heard.Listed, threshold),
                    AcrossScripts = heard.AcrossScripts is { } across ? Recall.Of(across, threshold) : null,
                });
            }
        }
        Console.WriteLine();
        Print(standings);
        return new JsonObject
        {
            ["list"] = title,
            ["entities"] = list.Count,
            ["standings"] = new JsonArray([.. standings.Select(standing => standing.ToJson())]),
        };
    }

    private Heard Ask(Contender contender, Func<IReadOnlyList<Entity>, Contender> load)
    {
        contender.AimLow();
        IReadOnlyList<Answer> listed = Answers.Of(contender, questions.Listed, Recall.Places);
        List<(string, IReadOnlyList<Answer>)> ordinary = [.. questions.Ordinary.Select(file => (file.File, Answers.Of(contender, file.People, 1)))];
        if (scripts is null || stripped is null)
            return new Heard(listed, ordinary, null);
        using Contender across = load(stripped);
        across.AimLow();
        return new Heard(listed, ordinary, Answers.Of(across, scripts, Recall.Places));
    }

    /// <summary>Times a contender; a peer and Entente take turns on the same queries.</summary>
    private (Latencies Own, Latencies Entente) Time(Contender contender, Contender entente)
    {
        IReadOnlyList<Question> sample = RealData.Thin(questions.Timed, contender.Sample("Person"));
        if (contender == entente)
        {
            // Tiered compilation replaces hot methods in the background.
            for (int round = 0; round < EntenteWarmUpRounds; round++)
                Latencies.Of(sample, SearchBy(entente));
            Latencies alone = Turn(sample, entente);
            return (alone, alone);
        }
        Latencies.Of(RealData.Thin(sample, PeerWarmUpQueries), SearchBy(contender));
        List<double> own = [], ententes = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            ententes.AddRange(Turn(sample, entente).Milliseconds);
            own.AddRange(Turn(sample, contender).Milliseconds);
        }
        return (new Latencies(own), new Latencies(ententes));
    }

    private static Latencies Turn(IReadOnlyList<Question> sample, Contender contender) => Latencies.Of(sample, SearchBy(contender), LeastTurn);

    private static Action<Question> SearchBy(Contender asked) => question => asked.Search(question.Schema, question.Name, 1);

    /// <summary>The lowest threshold at which the contender alarms no more often than Entente on the very same people.</summary>
    private static Threshold EqualAlerts(Heard heard, Heard entente, Threshold ententes) =>
        Threshold.For(Alerts(entente, heard, ententes), heard.Ordinary.SelectMany(file => file.Answers).Select(answer => answer.Best));

    /// <summary>Entente's alerts on the people that another contender was asked about.</summary>
    private static int Alerts(Heard entente, Heard other, Threshold threshold) =>
        entente.Ordinary.Zip(other.Ordinary).Sum(pair =>
        {
            HashSet<int> asked = [.. pair.Second.Answers.Select(answer => answer.Number)];
            return pair.First.Answers.Count(answer => asked.Contains(answer.Number) && answer.IsAlert(threshold));
        });

    private static void Print(List<Standing> standings)
    {
        TextTable table = new(["", .. standings.Select(standing => standing.Title)]);
        void Row(string what, Func<Standing, string> value) => table.Add(what, standings.Select(value));
        Row("queries timed", s => Whole(s.Speed.Count));
        Row("names a second, people asked for the first time", s => Figure(s.Fresh.PerSecond));
        Row("names a second, one core", s => Figure(s.Speed.PerSecond));
        Row("median, ms", s => Figure(s.Speed.Median));
        Row("p95, ms", s => Figure(s.Speed.P95));
        Row("p99, ms", s => Figure(s.Speed.P99));
        Row("max, ms", s => Figure(s.Speed.Max));
        Row("Entente's median beside it, ms", s => Figure(s.Entente.Median));
        Row("median, times Entente's on the same queries", s => Figure(s.MedianRatio));
        Row("Entente's names a second, times this", s => Figure(s.ThroughputRatio));
        foreach (string file in standings[0].Alerts.Select(each => each.File))
            Row($"alerts on {file.Replace(".csv", "", StringComparison.Ordinal)}", s => Share(s.Alerts.First(each => each.File == file).Alerts));
        Row("Entente's alerts on the same people", s => Whole(s.EntenteAlerts));
        Row("mangled names: right one on top, any score", s => Share(s.Listed.OnTop));
        Row("mangled names: right one on top, and an alert", s => Share(s.Listed.TopAlert));
        Row("mangled names: right one an alert, in first five", s => Share(s.Listed.Alert));
        if (standings[0].AcrossScripts is not null)
        {
            Row("across scripts: right one on top, any score", s => Share(s.AcrossScripts!.OnTop));
            Row("across scripts: right one on top, and an alert", s => Share(s.AcrossScripts!.TopAlert));
            Row("across scripts: right one an alert, in first five", s => Share(s.AcrossScripts!.Alert));
        }
        table.Print(Console.Out);
        Console.WriteLine("   * the lowest threshold with no more alerts than Entente raises on the same people");
        Console.WriteLine();

        TextTable memory = new("contender", "what", "");
        foreach (Contender contender in standings.Select(standing => standing.Contender).Distinct())
        {
            foreach ((string what, string value) in contender.Memory)
                memory.Add(contender.Name, what, value);
        }
        memory.Print(Console.Out);
    }

    private static string Whole(long value) => FormattableString.Invariant($"{value:N0}");

    private static string Figure(double value) => value >= 100 ? FormattableString.Invariant($"{value:N0}") : FormattableString.Invariant($"{value:G3}");

    private static string Share(Rate rate) => FormattableString.Invariant($"{rate.Count:N0}/{rate.Of:N0} {100 * rate.Value:F2}%");
}
