using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary>A name and its answer.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Fault">Why it could not be compared; null when it could.</param>
/// <param name="Matches">Best first; empty also when there is a fault.</param>
internal sealed record Answer(Query Query, string? Fault, ImmutableArray<Match> Matches);

/// <summary>Screens the names on the command line.</summary>
internal static class ScreenNames
{
    /// <summary>Loads the lists, screens, writes the answer.</summary>
    /// <param name="options">With at least one query.</param>
    /// <param name="surroundings">Where to write.</param>
    /// <returns>One of <see cref="ExitCodes"/>: a name that cannot be compared is a failure, as it was not screened.</returns>
    public static int Run(ScreenOptions options, Surroundings surroundings)
    {
        var lists = ListsInUse.Load(options, surroundings);
        var screener = new Screener(lists.Index, options.Policy);
        var answers = options.Queries.Select(query => Ask(screener, query)).ToImmutableArray();

        if (options.Json)
            AnswersJson.Write(surroundings, lists, options.Policy, answers);
        else
            new AnswerView(surroundings, options.Policy).Write(lists, answers);

        var faults = answers.Count(answer => answer.Fault is not null);
        if (options.FailOnMatch && answers.Any(answer => answer.Matches.Any(match => match.IsMatch)))
            return ExitCodes.Matched;
        if (faults == 0)
            return ExitCodes.Done;
        throw new FailureException(answers.Length == 1
            ? $"{answers[0].Fault}."
            : $"{faults} of {answers.Length} names could not be compared.");
    }

    private static Answer Ask(Screener screener, Query query) => query.HasComparableName
        ? new Answer(query, null, screener.Screen(query))
        : new Answer(query, $"nothing to compare: '{query.Names[0]}' has no word of two letters or more", []);
}
