using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Hosting;

/// <summary>The parameters of a request's address, read strictly: one that is not known, or not what it should be, is refused.</summary>
internal sealed class QueryText
{
    private readonly IQueryCollection _query;

    /// <summary>Reads the parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">Names that have a meaning.</param>
    /// <exception cref="RequestException">There is another: a misspelled filter would silently widen an answer.</exception>
    public QueryText(HttpRequest request, params string[] known)
    {
        _query = request.Query;
        foreach (var name in _query.Keys)
        {
            if (!known.Contains(name))
                throw RequestException.Bad($"Unknown parameter '{Short(name)}'. Known here: {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
        }
    }

    /// <summary>The last value, or null.</summary>
    public string? Text(string name) => _query.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    /// <summary>All values; each may be several, separated by commas.</summary>
    public ImmutableArray<string> Texts(string name) => _query.TryGetValue(name, out var values)
        ? [.. values.OfType<string>().SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : [];

    /// <summary>All values, as they are.</summary>
    public ImmutableArray<string> All(string name) => _query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(value => value.Length > 0)] : [];

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { Length: > 0 } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RequestException.Bad($"'{name}' must be a whole number from {least} to {most}, not '{Short(text)}'.");
    }

    /// <summary>A score, above 0 and below 1; null where none is given.</summary>
    public double? Score(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1
            ? number
            : throw RequestException.Bad($"'{name}' must be a number above 0 and below 1, not '{Short(text)}'.");
    }

    /// <summary>Yes or no; null where nothing is said.</summary>
    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "" => null,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        var other => throw RequestException.Bad($"'{name}' must be true or false, not '{Short(other)}'."),
    };

    /// <summary>What somebody sent, short enough to be said back.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
