using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Audit;

/// <summary>Which entries somebody wants to see.</summary>
internal sealed record AuditFilter
{
    public long? After { get; private init; }

    public int? Limit { get; private init; }

    public bool OldestFirst { get; private init; }

    public string? Action { get; private init; }

    public string? About { get; private init; }

    public string? Actor { get; private init; }

    public DateTimeOffset? From { get; private init; }

    public DateTimeOffset? To { get; private init; }

    /// <summary>Reads the filter of a request.</summary>
    /// <param name="query">The request's parameters.</param>
    /// <param name="known">Those that there are.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>What is wrong, for people; null where nothing is.</returns>
    public static string? Read(IQueryCollection query, string[] known, out AuditFilter filter)
    {
        filter = new AuditFilter();
        if (AuditEndpoints.Unknown(query, known) is { } unknown)
            return unknown;
        if (query.FirstOrDefault(pair => pair.Value.Count > 1) is { Key: { } twice })
            return $"{twice} is given twice.";
        string? Value(string name) => query[name] is [{ Length: > 0 } value] ? value : null;

        if (Value("after") is { } after && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return "after: the 'next' of an answer was expected.";
        if (Value("limit") is { } limit && !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return "limit: a number was expected.";
        if (Value("order") is not (null or "newest" or "oldest"))
            return "order: newest or oldest was expected.";
        foreach (var name in new[] { "from", "to" })
        {
            if (Value(name) is { } time && !TryTime(time, out _))
                return $"{name}: a time such as 2026-01-31 or 2026-01-31T12:00:00Z was expected.";
        }
        filter = new AuditFilter
        {
            After = Value("after") is { } seq ? long.Parse(seq, CultureInfo.InvariantCulture) : null,
            Limit = Value("limit") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : null,
            OldestFirst = Value("order") == "oldest",
            Action = Value("action"),
            About = Value("about"),
            Actor = Value("actor"),
            From = Value("from") is { } from && TryTime(from, out var begin) ? begin : null,
            To = Value("to") is { } to && TryTime(to, out var end) ? end : null,
        };
        return null;
    }

    /// <summary>The entries that are wanted, wherever the page begins: <c>action</c> may be one, or all of an object (<c>alert.*</c>); <c>from</c> is in, <c>to</c> is out.</summary>
    public IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries)
    {
        if (Action is { } group && group.EndsWith(".*", StringComparison.Ordinal))
        {
            var prefix = group[..^1];
            entries = entries.Where(entry => entry.Action.StartsWith(prefix));
        }
        else if (Action is { } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }
        if (About is { } about)
            entries = entries.Where(entry => entry.About == about);
        if (Actor is { } actor)
            entries = entries.Where(entry => entry.Actor == actor);
        if (From is { } from)
            entries = entries.Where(entry => entry.At >= from);
        if (To is { } to)
            entries = entries.Where(entry => entry.At < to);
        return entries;
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
