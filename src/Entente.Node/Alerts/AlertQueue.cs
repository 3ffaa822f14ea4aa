using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Alerts;

/// <summary>Reads alerts: the queue, and one with its history.</summary>
internal sealed class AlertQueue(NodeStore store, SettingsService settings, TimeProvider clock)
{
    private const int LatestHistory = 200;

    /// <summary>One page of the queue, the strongest evidence first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">Most on the page.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AlertPage> ListAsync(AlertFilter filter, string? after, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = store.Open();
        var query = Where(db.Alerts.AsNoTracking(), filter);
        if (after is not null)
        {
            var (weight, id) = ReadCursor(after);
            query = query.Where(alert => alert.Weight < weight || (alert.Weight == weight && string.Compare(alert.Id, id) > 0));
        }
        var alerts = await query.OrderByDescending(alert => alert.Weight).ThenBy(alert => alert.Id).Take(limit + 1).ToListAsync(cancel).ConfigureAwait(false);
        var next = alerts.Count > limit ? WriteCursor(alerts[limit - 1]) : null;
        ImmutableArray<AlertView> page = [.. alerts.Take(limit).Select(AlertView.Of)];
        return new AlertPage(page, next, await People.NamesAsync(db, page.Select(alert => alert.AssignedTo), cancel).ConfigureAwait(false));
    }

    /// <summary>How many there are.</summary>
    /// <param name="account">Whose are 'mine'; null for nobody's.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AlertCounts> CountAsync(string? account, CancellationToken cancel)
    {
        await using var db = store.Open();
        var states = await db.Alerts.GroupBy(alert => alert.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel).ConfigureAwait(false);
        var atWork = db.Alerts.Where(alert => alert.State == AlertState.Open || alert.State == AlertState.Proposed);
        return new AlertCounts(
            Enum.GetValues<AlertState>().ToDictionary(state => state, state => states.GetValueOrDefault(state)),
            account is null ? 0 : await atWork.CountAsync(alert => alert.AssignedTo == account, cancel).ConfigureAwait(false),
            await atWork.CountAsync(alert => alert.AssignedTo == null, cancel).ConfigureAwait(false),
            await db.Alerts.Where(alert => alert.State == AlertState.Open).OrderBy(alert => alert.RaisedAt).Select(alert => (DateTimeOffset?)alert.RaisedAt).FirstOrDefaultAsync(cancel).ConfigureAwait(false));
    }

    /// <summary>Alerts that somebody chose, the strongest evidence first.</summary>
    /// <param name="ids">Which; those that are not there are left out.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AlertPage> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var db = store.Open();
        string[] wanted = [.. ids.Distinct(StringComparer.Ordinal).Take(AlertService.MostAtOnce)];
        var alerts = await db.Alerts.AsNoTracking().Where(alert => wanted.Contains(alert.Id)).OrderByDescending(alert => alert.Weight).ThenBy(alert => alert.Id).ToListAsync(cancel).ConfigureAwait(false);
        return new AlertPage([.. alerts.Select(AlertView.Of)], null, await People.NamesAsync(db, alerts.Select(alert => alert.AssignedTo), cancel).ConfigureAwait(false));
    }

    /// <summary>To whom alerts can be given.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return await People.ColleaguesAsync(db, cancel).ConfigureAwait(false);
    }

    /// <summary>Whether a decision on any of these alerts would need a second person.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> NeedSecondPersonAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var db = store.Open();
        string[] wanted = [.. ids];
        var alerts = await db.Alerts.AsNoTracking().Where(alert => wanted.Contains(alert.Id)).ToListAsync(cancel).ConfigureAwait(false);
        return alerts.Any(alert => Enum.GetValues<Verdict>().Any(verdict => verdict != Verdict.Undecided && ReviewPolicy.NeedsSecondPerson(settings, alert, verdict)));
    }

    /// <summary>An alert with its history.</summary>
    /// <param name="id">The alert.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">There is none.</exception>
    public async Task<AlertDetail> GetAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var alert = await db.Alerts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false)
            ?? throw RequestException.NotFound("There is no such alert.");
        var decisions = await db.Decisions.AsNoTracking().Where(decision => decision.AlertId == id).OrderByDescending(decision => decision.At).ThenByDescending(decision => decision.Id).ToListAsync(cancel).ConfigureAwait(false);
        var comments = await db.AlertComments.AsNoTracking().Where(comment => comment.AlertId == id).OrderBy(comment => comment.At).ThenBy(comment => comment.Id).ToListAsync(cancel).ConfigureAwait(false);
        var about = $"alert:{id}";
        var trail = await db.Audit.AsNoTracking().Where(entry => entry.About == about).OrderByDescending(entry => entry.Seq).Take(LatestHistory)
            .Select(entry => new { entry.Seq, entry.At, entry.Actor, entry.Action, entry.Payload }).ToListAsync(cancel).ConfigureAwait(false);
        var people = await People.NamesAsync(db, trail.Select(entry => entry.Actor).Concat(decisions.Select(decision => decision.Author)).Concat(decisions.Select(decision => decision.Reviewer))
            .Concat(comments.Select(comment => comment.Author)).Append(alert.AssignedTo), cancel).ConfigureAwait(false);
        var record = await db.Records.AsNoTracking().SingleOrDefaultAsync(one => one.Id == alert.EntityId, cancel).ConfigureAwait(false);
        return new AlertDetail(
            AlertView.Of(alert), Parse(alert.Query), Parse(alert.Match), MaterialFacts.Parse(alert.Facts),
            Enum.GetValues<Verdict>().Where(verdict => verdict != Verdict.Undecided).ToImmutableDictionary(verdict => verdict, verdict => ReviewPolicy.NeedsSecondPerson(settings, alert, verdict)),
            [.. decisions.Select(DecisionView.Of)],
            [.. comments.Select(comment => new CommentView(comment.Id, comment.Author, comment.At, comment.Text))],
            [.. trail.Select(entry => new HistoryView(entry.Seq, entry.At, entry.Actor, entry.Action))],
            [.. trail.Select(entry => ScreeningOf(entry.Payload)).Prepend(alert.Screening).OfType<string>().Distinct(StringComparer.Ordinal)],
            record is null ? null : RecordView.OfAllSaid(record, clock.GetUtcNow()),
            people);
    }

    private static IQueryable<Alert> Where(IQueryable<Alert> alerts, AlertFilter filter)
    {
        if (!filter.States.IsDefaultOrEmpty)
        {
            var states = filter.States.ToArray();
            alerts = alerts.Where(alert => states.Contains(alert.State));
        }
        if (filter.AssignedTo is { } account)
            alerts = alerts.Where(alert => alert.AssignedTo == account);
        if (filter.Unassigned)
            alerts = alerts.Where(alert => alert.AssignedTo == null);
        if (filter.Dataset is { } dataset)
        {
            var one = $",{dataset},";
            alerts = alerts.Where(alert => ("," + alert.Datasets + ",").Contains(one));
        }
        if (filter.Text is { Length: > 0 } text)
        {
            var part = text.Trim().ToLowerInvariant();
            alerts = alerts.Where(alert => alert.SearchText.Contains(part));
        }
        if (filter.SubjectKey is { } subject)
            alerts = alerts.Where(alert => alert.SubjectKey == subject);
        if (filter.EntityId is { } entity)
            alerts = alerts.Where(alert => alert.EntityId == entity);
        if (filter.RaisedAfter is { } from)
            alerts = alerts.Where(alert => alert.RaisedAt >= from);
        if (filter.RaisedBefore is { } until)
            alerts = alerts.Where(alert => alert.RaisedAt < until);
        return alerts;
    }

    private static string? ScreeningOf(string? payload)
    {
        if (payload is null)
            return null;
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.TryGetProperty("screening", out var screening) ? screening.GetString() : null;
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string WriteCursor(Alert last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.Weight:R} {last.Id}")));

    private static (double Weight, string Id) ReadCursor(string cursor)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
            if (parts.Length == 2 && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
                return (weight, parts[1]);
        }
        catch (FormatException)
        {
            // told below
        }
        throw RequestException.Bad("after: give back what the page before named as 'next'.");
    }
}

/// <summary>When a decision needs a second person.</summary>
internal static class ReviewPolicy
{
    /// <summary>Whether it does, by the settings of this moment.</summary>
    public static bool NeedsSecondPerson(SettingsService settings, Alert alert, Verdict verdict)
    {
        var rule = settings.Get(NodeSettings.FourEyes);
        return rule == FourEyes.Always
            || (rule == FourEyes.TrueMatches && verdict == Verdict.TrueMatch)
            || (settings.Get(NodeSettings.FourEyesAboveWeight) is { } bits && alert.Weight >= bits)
            || (settings.Get(NodeSettings.FourEyesDatasets) is { IsEmpty: false } datasets && alert.Datasets.Split(',').Any(dataset => datasets.Contains(dataset)));
    }
}
