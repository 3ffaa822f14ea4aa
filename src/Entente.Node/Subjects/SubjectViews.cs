using System.Collections.Immutable;
using System.Text.Json;
using Entente.Node.Alerts;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Subjects;

/// <summary>A subject in the book.</summary>
internal sealed record SubjectView(
    string Id, string Reference, string Schema, string Caption, JsonElement Properties, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int Matches)
{
    /// <summary>Of a subject.</summary>
    public static SubjectView Of(Subject subject, int matches)
    {
        using var properties = JsonDocument.Parse(subject.Properties);
        return new SubjectView(subject.Id, subject.Reference, subject.Schema, subject.Caption, properties.RootElement.Clone(), subject.CreatedAt, subject.ChangedAt, matches);
    }
}

/// <summary>What a subject matches at present.</summary>
internal sealed record SubjectMatchView(string EntityId, string? EntityCaption, ImmutableArray<string> Datasets, double Score, double Weight, DateTimeOffset Since);

/// <summary>A subject with what it matches and its alerts.</summary>
internal sealed record SubjectDetail(SubjectView Subject, ImmutableArray<SubjectMatchView> Matches, ImmutableArray<AlertView> Alerts);

/// <summary>One page of the book.</summary>
/// <param name="Subjects">By reference.</param>
/// <param name="Next">To be given as <c>after</c> for the next page; null on the last.</param>
internal sealed record SubjectPage(ImmutableArray<SubjectView> Subjects, string? Next);

/// <summary>Reads the book.</summary>
internal sealed class SubjectReader(NodeStore store, ListsInUse lists)
{
    /// <summary>One page of the book, by reference.</summary>
    /// <param name="text">Only those with this in a name or reference; null for all.</param>
    /// <param name="matching">Only those that match somebody listed.</param>
    /// <param name="after">The last reference of the page before; null for the first.</param>
    /// <param name="limit">Most on the page.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SubjectPage> ListAsync(string? text, bool matching, string? after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var query = db.Subjects.AsNoTracking().Where(subject => !subject.Removed);
        if (text is { Length: > 0 })
        {
            var part = text.Trim().ToLowerInvariant();
            query = query.Where(subject => subject.SearchText.Contains(part));
        }
        if (matching)
            query = query.Where(subject => db.SubjectMatches.Any(match => match.SubjectId == subject.Id));
        if (after is not null)
            query = query.Where(subject => string.Compare(subject.Reference, after) > 0);
        var page = await query.OrderBy(subject => subject.Reference).Take(limit + 1)
            .Select(subject => new { Subject = subject, Matches = db.SubjectMatches.Count(match => match.SubjectId == subject.Id) }).ToListAsync(cancel).ConfigureAwait(false);
        return new SubjectPage([.. page.Take(limit).Select(one => SubjectView.Of(one.Subject, one.Matches))], page.Count > limit ? page[limit - 1].Subject.Reference : null);
    }

    /// <summary>How many are in the book.</summary>
    public async Task<int> CountAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Subjects.CountAsync(subject => !subject.Removed, cancel).ConfigureAwait(false);
    }

    /// <summary>A subject.</summary>
    /// <param name="reference">Its reference.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">There is none.</exception>
    public async Task<SubjectDetail> GetAsync(string reference, CancellationToken cancel)
    {
        await using var db = store.Open();
        var subject = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(one => one.Reference == reference && !one.Removed, cancel).ConfigureAwait(false)
            ?? throw RequestException.NotFound("There is no such subject.");
        var matches = await db.SubjectMatches.AsNoTracking().Where(match => match.SubjectId == subject.Id).OrderByDescending(match => match.Weight).ToListAsync(cancel).ConfigureAwait(false);
        var key = SubjectKeys.OfSubject(subject.Id);
        var alerts = await db.Alerts.AsNoTracking().Where(alert => alert.SubjectKey == key).OrderByDescending(alert => alert.Weight).ToListAsync(cancel).ConfigureAwait(false);
        return new SubjectDetail(
            SubjectView.Of(subject, matches.Count),
            [.. matches.Select(match => lists.Current?.Index.Whole(match.EntityId) is { } entity
                ? new SubjectMatchView(match.EntityId, entity.Entries[0].Caption, [.. entity.Entries.SelectMany(entry => entry.Datasets).Distinct(StringComparer.Ordinal)], match.Score, match.Weight, match.Since)
                : new SubjectMatchView(match.EntityId, null, [], match.Score, match.Weight, match.Since))],
            [.. alerts.Select(AlertView.Of)]);
    }
}
