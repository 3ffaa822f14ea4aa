using System.Collections.Immutable;
using Entente.Lists.Snapshots;
using Entente.Node.Holdings;
using Entente.Node.Screening;
using Entente.Screening;

namespace Entente.Node.Alerts;

/// <summary>What to screen against: lists, the records that are held, or both.</summary>
/// <param name="Lists">Which entities of the lists in use; null for none.</param>
/// <param name="Records">Which records; null for none.</param>
internal sealed record ScreeningScope(EntityFilter? Lists, EntityFilter? Records);

/// <summary>One screening against lists, records or both: one id, in the audit trail an entry for each of the two.</summary>
/// <param name="OfLists">What was found on lists; null where they were not asked.</param>
/// <param name="OfRecords">What was found among records; null where they were not asked.</param>
/// <param name="Asked">Who was screened.</param>
/// <param name="Alerts">What became of matches.</param>
internal sealed record OwnAnswers(ScreeningResult? OfLists, RecordAnswers? OfRecords, IReadOnlyList<Asked> Asked, IReadOnlyList<AlertOutcome> Alerts)
{
    /// <summary>The screening, of which both parts have id and policy.</summary>
    public ScreeningResult Screening => OfLists ?? OfRecords!.Result;

    /// <summary>The versions of all that was screened against.</summary>
    public IReadOnlyList<ListVersion> Versions => [.. OfLists?.Lists.Versions ?? [], .. OfRecords?.Result.Lists.Versions ?? []];

    /// <summary>What was found for one, on lists and among records.</summary>
    /// <param name="at">Its place among those who were asked.</param>
    /// <returns>Best first.</returns>
    public ImmutableArray<Match> MatchesOf(int at)
    {
        var (listed, held) = (OfLists?.Answers[at].Matches ?? [], OfRecords?.Result.Answers[at].Matches ?? []);
        return listed.IsEmpty ? held : held.IsEmpty ? listed
            // Stable: of equal ones those that are on a list come first.
            : [.. listed.Concat(held).OrderByDescending(match => match.Weight)];
    }

    /// <summary>The record that a match is with; null for one that is on a list.</summary>
    public RecordView? RecordOf(Match match) => OfRecords?.Records.GetValueOrDefault(match.Entity.Id);
}
