using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Bench;

/// <summary>All real lists together: listed people on top, ordinary people left alone.</summary>
internal static class UnionMeasurement
{
    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        ScreeningIndex index = Index(options.Data, report);
        Screener screener = new(index, MatchPolicy.Default);
        var listed = RealData.Rows(Path.Combine(options.Data, "queries", "un-listed-people.csv"), options.Rows);
        Listed("listed, name only", listed, QueryRow.ByName, screener, options, report);
        Listed("listed, all columns", listed, QueryRow.ByAll, screener, options, report);
        foreach (string file in RealData.OrdinaryFiles)
        {
            var rows = RealData.Rows(Path.Combine(options.Data, "queries", file), options.Rows);
            string people = file.Contains("global", StringComparison.Ordinal) ? "global" : "us";
            Ordinary(people + ", name only", rows, QueryRow.ByName, 0.005, screener, options, report);
            Ordinary(people + ", all columns", rows, QueryRow.ByAll, 0.0005, screener, options, report);
        }
    }

    /// <summary>The index over all real lists, entries of one entity grouped.</summary>
    public static ScreeningIndex Index(string data, Report report)
    {
        IReadOnlyList<RealList> lists = RealLists.Union(data);
        foreach (RealList list in lists.Where(list => list.Problem is not null))
            Report.Group($"    not read: {list.File}: {list.Problem}");
        List<Entity> entities = [.. lists.SelectMany(list => list.Entities)];
        ScreeningIndex index = ScreeningIndex.Build(entities).WithGroups(EntityResolver.Resolve(entities));
        report.Figure("lists", lists.Count(list => list.Problem is null), "");
        report.Figure("entities", index.EntityCount, "");
        report.Figure("names", index.NameCount, "");
        report.Figure("on several lists", index.GroupCount, "");
        return index;
    }

    private static void Listed(
        string variant, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, Func<IReadOnlyDictionary<string, string>, Query> ask, Screener screener, Options options, Report report)
    {
        ImmutableArray<Match>[] results = Runs.Screen(screener, [.. rows.Select(ask)], options.Threads);
        int onTop = 0, anywhere = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            string[] expected = [.. rows[i]["expected_reference"].Split('|').Select(reference => "un-" + reference)];
            // The same person may lead with the entry of another list; the UN's then stands among the listings.
            // Where the lists do not tell that two entries are one, entries of the same name come first side by side.
            bool first = results[i].Length > 0 && results[i][0].IsMatch && results[i].TakeWhile(match => match.Score > results[i][0].Score - 0.005).Any(match => IsOneOf(match, expected));
            onTop += first ? 1 : 0;
            anywhere += results[i].Any(match => match.IsMatch && IsOneOf(match, expected)) ? 1 : 0;
            if (!first)
                report.Miss(variant, rows[i]["full_name"], "listed as " + rows[i]["listed_name"], string.Join('|', expected), results[i].Length > 0 ? "first: " + Runs.Show(results[i][0]) : "nothing found");
        }
        report.Rate(variant + ": right entity first or level with the first, and a match", new Rate(onTop, rows.Count), Goal.Least(0.99));
        report.Rate(variant + ": right entity a match, in any place", new Rate(anywhere, rows.Count));
    }

    private static bool IsOneOf(Match match, string[] ids) =>
        ids.Contains(match.Entity.Id) || (match.Group is { } group && group.Referents.Any(referent => ids.Contains(referent.Id)));

    private static void Ordinary(
        string variant, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, Func<IReadOnlyDictionary<string, string>, Query> ask, double most, Screener screener, Options options, Report report)
    {
        ImmutableArray<Match>[] results = Runs.Screen(screener, [.. rows.Select(ask)], options.Threads);
        int alarms = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            Match[] matches = [.. results[i].Where(match => match.IsMatch)];
            alarms += matches.Length > 0 ? 1 : 0;
            foreach (Match match in matches)
            {
                report.Miss(
                    variant, rows[i]["full_name"], string.Join(", ", rows[i]["date_of_birth"], rows[i]["nationality"], rows[i]["gender"]),
                    $"{match.MatchedName} ({match.Entity.Id}) b. {string.Join('/', match.Entity.Get("birthDate"))} {string.Join('/', match.Entity.Get("nationality"))}",
                    FormattableString.Invariant($"{match.Score:F2}"), string.Join("; ", match.Evidence.Select(e => FormattableString.Invariant($"{e.Weight:+0.0;-0.0} {e.QueryValue}/{e.ListedValue}"))));
            }
        }
        report.Rate(variant + ": alarmed about", new Rate(alarms, rows.Count), Goal.Most(most));
    }
}
