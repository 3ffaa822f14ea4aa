using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Screening;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Subjects;

/// <summary>A subject and what its screening found.</summary>
/// <param name="Subject">The subject, tracked by the act.</param>
/// <param name="Answer">What was asked and found.</param>
/// <param name="IsNew">Whether it was just added, so that nothing is known of it.</param>
internal sealed record ScreenedSubject(Subject Subject, QueryAnswer Answer, bool IsNew);

/// <summary>What a screening of subjects came to.</summary>
/// <param name="NewMatches">Matches that were none before.</param>
/// <param name="EndedMatches">Matches that are none any more.</param>
/// <param name="Alerts">What became of alerts.</param>
internal sealed record BookOutcome(int NewMatches, int EndedMatches, IReadOnlyList<AlertOutcome> Alerts);

/// <summary>Writes what the screening of subjects found: their matches, alerts, events and the record of the screening, within one act.</summary>
internal static class BookWriter
{
    private const int IdsAtOnce = 400;

    /// <summary>Writes it.</summary>
    /// <param name="act">The act.</param>
    /// <param name="result">The screening; its answers are those of <paramref name="screened"/>.</param>
    /// <param name="screened">The subjects.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<BookOutcome> ApplyAsync(Act act, ScreeningResult result, IReadOnlyList<ScreenedSubject> screened, CancellationToken cancel)
    {
        var lists = result.Lists;
        act.RecordJson(AuditAction.ScreeningMade, $"screening:{result.Id}", ScreeningPayload.Write(result));
        var known = await KnownAsync(act.Db, [.. screened.Where(one => !one.IsNew).Select(one => one.Subject.Id)], cancel).ConfigureAwait(false);
        int begun = 0, ended = 0;
        foreach (var (subject, answer, _) in screened)
        {
            var former = known[subject.Id].ToDictionary(match => match.EntityId, StringComparer.Ordinal);
            foreach (var match in answer.Matches.Where(match => match.IsMatch))
            {
                var entity = lists.Index.Whole(match.Entity.Id)!; // it was found there
                if (former.Remove(entity.CanonicalId, out var same))
                {
                    (same.Score, same.Weight) = (match.Score, match.Weight);
                    continue;
                }
                // The same listed entity, which came to be known by another id as another list took it up.
                var renamed = former.Values.FirstOrDefault(one => entity.Entries.Any(entry => entry.Id == one.EntityId));
                if (renamed is not null)
                {
                    former.Remove(renamed.EntityId);
                    act.Db.SubjectMatches.Remove(renamed);
                }
                act.Db.SubjectMatches.Add(new SubjectMatch { SubjectId = subject.Id, EntityId = entity.CanonicalId, Score = match.Score, Weight = match.Weight, Since = renamed?.Since ?? act.At });
                if (renamed is null)
                {
                    begun++;
                    act.Publish("match.new", $"subject:{subject.Id}", new MatchEvent(subject.Id, subject.Reference, subject.Caption, entity.CanonicalId, match.Entity.Caption, Math.Round(match.Score, 6), Math.Round(match.Weight, 4), lists.Id));
                }
            }
            foreach (var gone in former.Values)
            {
                ended++;
                act.Db.SubjectMatches.Remove(gone);
                act.Publish("match.ended", $"subject:{subject.Id}", new MatchEvent(subject.Id, subject.Reference, subject.Caption, gone.EntityId, lists.Index.Whole(gone.EntityId)?.Entries[0].Caption, null, null, lists.Id));
            }
            subject.ScreenedAgainst = lists.Id;
        }
        var alerts = await AlertWriter.ApplyAsync(act, lists, $"screening:{result.Id}",
            [.. screened.Select(one => new Screened(SubjectKeys.OfSubject(one.Subject.Id), one.Subject.Caption, one.Answer.Asked.Query, one.Answer.Matches, one.IsNew ? null : Screened.OnLists, one.Subject.Reference))], cancel).ConfigureAwait(false);
        return new BookOutcome(begun, ended, alerts);
    }

    private static async Task<ILookup<string, SubjectMatch>> KnownAsync(NodeDb db, string[] subjects, CancellationToken cancel)
    {
        var matches = new List<SubjectMatch>();
        foreach (var some in subjects.Chunk(IdsAtOnce))
            matches.AddRange(await db.SubjectMatches.Where(match => some.Contains(match.SubjectId)).ToListAsync(cancel).ConfigureAwait(false));
        return matches.ToLookup(match => match.SubjectId, StringComparer.Ordinal);
    }
}

/// <summary>A match of a subject as the feed and webhooks tell of it.</summary>
internal sealed record MatchEvent(string Subject, string Reference, string SubjectCaption, string Entity, string? EntityCaption, double? Score, double? Weight, string? Lists);
