using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entente.Exchange.Stix;

namespace Entente.Exchange.Taxii;

/// <summary>Which versions of an object are meant. Several are meant where several are said.</summary>
/// <param name="First">The first that the collection has.</param>
/// <param name="Last">The last that the collection has.</param>
/// <param name="All">All of them.</param>
/// <param name="Times">Those of these times.</param>
public sealed record TaxiiVersionChoice(bool First, bool Last, bool All, ImmutableArray<DateTimeOffset> Times)
{
    /// <summary>What is meant where nothing is said.</summary>
    public static TaxiiVersionChoice Latest { get; } = new(false, true, false, []);
}

/// <summary>Which part of a collection is asked for: the parameters of an address.</summary>
/// <remarks>TAXII 2.1, sections 3.4 (filtering) and 3.5 (pagination).</remarks>
public sealed record TaxiiFilter
{
    private const string AddedAfterName = "added_after", LimitName = "limit", NextName = "next",
        IdName = "match[id]", TypeName = "match[type]", VersionName = "match[version]", SpecName = "match[spec_version]";

    // More than anybody asks for at once; each is a condition on the store.
    private const int MostValues = 100;

    private const int LongestValue = 300;

    private static readonly string[] Known = [AddedAfterName, LimitName, NextName, IdName, TypeName, VersionName, SpecName];

    /// <summary>All of a collection, in its latest versions.</summary>
    public static TaxiiFilter Everything { get; } = new();

    /// <summary>Only what was added later; null for all.</summary>
    public DateTimeOffset? AddedAfter { get; init; }

    /// <summary>Most objects of a page; null for what the server chooses.</summary>
    public int? Limit { get; init; }

    /// <summary>Where the page before ended, as its server said it; null for the first page.</summary>
    public string? Next { get; init; }

    /// <summary>Only these objects; empty for all.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>Only these types; empty for all.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Only these versions.</summary>
    public TaxiiVersionChoice Versions { get; init; } = TaxiiVersionChoice.Latest;

    /// <summary>Only objects of these versions of STIX; empty for all.</summary>
    public ImmutableArray<string> SpecVersions { get; init; } = [];

    /// <summary>Reads the parameters of an address.</summary>
    /// <param name="parameters">Names and values, decoded.</param>
    /// <param name="allowed">Of the filters, those that the address takes; null for all.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="TaxiiFilterException">A name or value is not as it should be. A filter that is misspelled would silently widen the answer.</exception>
    public static TaxiiFilter Read(IEnumerable<KeyValuePair<string, string>> parameters, IReadOnlyCollection<string>? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var filter = new TaxiiFilter();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            if (!(allowed ?? Known).Contains(name))
                throw new TaxiiFilterException($"Unknown parameter '{Short(name)}'. Known here: {string.Join(", ", allowed ?? Known)}.");
            if (!seen.Add(name))
                throw new TaxiiFilterException($"'{name}' is given twice. Separate several values by commas.");
            filter = name switch
            {
                AddedAfterName => filter with { AddedAfter = Time(name, value) },
                LimitName => filter with { Limit = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : throw Bad(name, value, "a whole number from 1") },
                NextName => filter with { Next = value.Length is > 0 and <= LongestValue ? value : throw Bad(name, value, "what the page before said") },
                IdName => filter with { Ids = Values(name, value, StixIds.IsId, "ids of STIX objects") },
                TypeName => filter with { Types = Values(name, value, text => StixIds.IsType(text), "STIX types") },
                SpecName => filter with { SpecVersions = Values(name, value, text => text.Length <= 10, "versions of STIX, such as 2.1") },
                _ => filter with { Versions = Choice(name, value) },
            };
        }
        return filter;
    }

    /// <summary>The parameters of an address.</summary>
    /// <returns>Empty, or a question mark and the parameters, encoded.</returns>
    public string ToQuery()
    {
        var query = new StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
        Add(AddedAfterName, AddedAfter is { } time ? StixTime.Format(time) : null);
        Add(LimitName, Limit?.ToString(CultureInfo.InvariantCulture));
        Add(NextName, Next);
        Add(IdName, string.Join(',', Ids));
        Add(TypeName, string.Join(',', Types));
        if (Versions != TaxiiVersionChoice.Latest)
        {
            Add(VersionName, string.Join(',',
            [
                .. Versions.First ? ["first"] : Array.Empty<string>(),
                .. Versions.Last ? ["last"] : Array.Empty<string>(),
                .. Versions.All ? ["all"] : Array.Empty<string>(),
                .. Versions.Times.Select(StixTime.Format),
            ]));
        }
        Add(SpecName, string.Join(',', SpecVersions));
        return query.ToString();
    }

    private static TaxiiVersionChoice Choice(string name, string value)
    {
        var values = Values(name, value, _ => true, "versions");
        return new TaxiiVersionChoice(values.Contains("first"), values.Contains("last"), values.Contains("all"),
            [.. values.Where(each => each is not ("first" or "last" or "all")).Select(each => StixTime.TryParse(each, out var time) ? time : throw Bad(name, each, "first, last, all or times"))]);
    }

    private static ImmutableArray<string> Values(string name, string value, Func<string, bool> fine, string expected)
    {
        var values = value.Split(',');
        return values.Length <= MostValues && values.All(each => each.Length is > 0 and <= LongestValue && fine(each))
            ? [.. values.Distinct(StringComparer.Ordinal)]
            : throw Bad(name, value, $"up to {MostValues} {expected}, separated by commas");
    }

    private static DateTimeOffset Time(string name, string value) => StixTime.TryParse(value, out var time) ? time : throw Bad(name, value, "a time in UTC, such as 2026-03-01T09:00:00.000Z");

    private static TaxiiFilterException Bad(string name, string value, string expected) => new($"'{name}' must be {expected}, not '{Short(value)}'.");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

/// <summary>A filter that cannot be understood.</summary>
/// <param name="message">Which parameter, and what was expected; for the caller.</param>
public sealed class TaxiiFilterException(string message) : FormatException(message);
