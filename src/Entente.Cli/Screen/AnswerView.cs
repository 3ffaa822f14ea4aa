using System.Collections.Immutable;
using System.Globalization;
using Entente.Cli.Output;
using Entente.Desk.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Cli.Screen;

/// <summary>The answers to names, for people.</summary>
/// <remarks>Names of any script stand last on their line: terminals differ in how wide they draw Arabic and in where
/// they put what follows it, so nothing that must line up may follow.</remarks>
internal sealed class AnswerView
{
    private readonly Surroundings _surroundings;
    private readonly MatchPolicy _policy;
    private readonly Page _page;

    /// <summary>Prepares to write.</summary>
    /// <param name="surroundings">Where to write, and whether in colour.</param>
    /// <param name="policy">For the threshold.</param>
    public AnswerView(Surroundings surroundings, MatchPolicy policy)
    {
        _surroundings = surroundings;
        _policy = policy;
        _page = new Page(surroundings);
    }

    /// <summary>Writes all answers to standard output.</summary>
    /// <param name="lists">The lists that were screened against.</param>
    /// <param name="answers">In the order of the names.</param>
    public void Write(LoadedLists lists, ImmutableArray<Answer> answers)
    {
        foreach (var version in lists.Versions)
            Write(version);
        _page.Line(lists.Size, "dim");
        foreach (var answer in answers)
            Write(answer);
        if (answers.Any(answer => !answer.Matches.IsEmpty))
        {
            _page.Line();
            _page.Line("A match is a question, not a verdict: the evidence is there to be weighed by a person.", "dim");
        }
        _page.Flush();
    }

    /// <summary>A list, its version, and how old that is: an answer is as good as the list was then.</summary>
    private void Write(ListVersion version)
    {
        var now = _surroundings.Time.GetUtcNow();
        var made = version.PublishedAt is { } time ? $", version of {ListText.Day(time)}" : "";
        var age = ListText.Age(version, now) is { } known ? ", " + known : "";
        _page.Line(string.Create(CultureInfo.InvariantCulture, $"{Shown.Text(version.Title)} ({version.Dataset}){made}, {version.Entities:N0} entities{age}"), version.IsStale(now) ? "yellow" : "dim");
    }

    private void Write(Answer answer)
    {
        _page.Line();
        _page.Line(Shown.Text(answer.Query.Names[0]), "bold");
        if (answer.Fault is not null)
        {
            _page.Line("  Nothing to compare: the name has no word of two letters or more. This is not a 'no match'.", "yellow");
            return;
        }
        var matches = answer.Matches.Count(match => match.IsMatch);
        _page.Line("  " + (matches, answer.Matches.Length) switch
        {
            (0, 0) => "No match, and nothing near.",
            (0, var near) => $"No match. The nearest, below the threshold of {ScoreText.Cut(_policy.Threshold)}:",
            (1, _) => "1 match:",
            _ => $"{matches} matches:",
        }, matches > 0 ? "red" : "green");
        for (var i = 0; i < answer.Matches.Length; i++)
            Write(i + 1, answer.Matches[i]);
    }

    private void Write(int rank, Match match)
    {
        var entity = match.Entity;
        _page.Line();
        var head = string.Create(CultureInfo.InvariantCulture, $"  {rank,2}. {Bar(match.Score)}{ScoreText.Cut(match.Score)}  ");
        _page.Line((head, ""), (match.IsMatch ? "MATCH   " : "no match", match.IsMatch ? "bold red" : "green"), ($"  {Shown.Text(entity.Caption)}", "bold"));
        _page.Line($"      {entity.Id} · {entity.Schema} · {string.Join(", ", entity.Datasets)}{(match.Group is null ? "" : $" · one of {match.Listings.Length} listings")}", "dim");
        if (match.MatchedName != entity.Caption)
            _page.Line($"      listed as    {Shown.Text(match.MatchedName)}");
        foreach (var (label, property) in Facts)
        {
            if (entity.Get(property) is { IsDefaultOrEmpty: false } values)
                _page.Line($"      {label,-13}{string.Join("; ", values.Take(6).Select(value => Fact(property, value)))}{(values.Length > 6 ? "; ..." : "")}");
        }
        _page.Evidence(match.Evidence, match.Weight);
        if (match.Group is { } group)
            WriteListings(match, group);
    }

    /// <summary>The listings of one entity, and why they are held to be one.</summary>
    private void WriteListings(Match match, EntityGroup group)
    {
        _page.Line($"      One entity in {match.Listings.Length} listings. Score, facts and evidence above are those of {Shown.OneLine(match.Entity.Id)} alone.");
        foreach (var listing in match.Listings)
        {
            var score = listing.Score is { } own ? ScoreText.Cut(own) : "----";
            var programs = listing.Programs.IsEmpty ? "" : $" · {string.Join(", ", listing.Programs.Take(3).Select(Shown.Text))}";
            _page.Line($"        {score}  {Shown.OneLine(listing.Entity.Id)} · {string.Join(", ", listing.Entity.Datasets)}{programs} · {Shown.Text(listing.MatchedName ?? listing.Entity.Caption)}");
        }
        foreach (var link in group.Links)
            _page.Line($"        {Shown.OneLine(link.Left)} = {Shown.OneLine(link.Right)}: {Basis(link)}", "dim");
    }

    private static string Basis(EntityLink link) => link.Basis switch
    {
        LinkBasis.Judgement => Shown.Text(link.Evidence.First(item => item.Feature == "judgement").Explanation),
        LinkBasis.UnReference => "the same reference of the United Nations",
        LinkBasis.Identifier => "names that agree, and the same number of a document or registration",
        LinkBasis.NameAndBirthDate => "names that agree, and the same birth date",
        _ => "the same rare name, tied to the same country",
    };

    private static readonly (string Label, string Property)[] Facts =
    [
        ("born", "birthDate"),
        ("born in", "birthPlace"),
        ("national of", "nationality"),
        ("country", "country"),
        ("gender", "gender"),
    ];

    private static string Fact(string property, string value) =>
        Shown.Text(property is "nationality" or "country" ? Countries.NameOf(value) : value);

    private string Bar(double score)
    {
        if (!_surroundings.OutIsTerminal)
            return "";
        var full = (int)Math.Round(Math.Clamp(score, 0, 1) * 10);
        return $"{new string('█', full)}{new string('░', 10 - full)} ";
    }
}
