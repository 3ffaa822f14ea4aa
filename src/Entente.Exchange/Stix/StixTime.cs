using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Exchange.Stix;

/// <summary>Timestamps of STIX and TAXII: RFC 3339, always UTC, with a <c>Z</c>.</summary>
/// <remarks>STIX 2.1, section 2.13 (timestamp).</remarks>
public static partial class StixTime
{
    /// <summary>Writes a timestamp with three digits of a second, or up to seven where they say something.</summary>
    /// <param name="time">A time, of any offset.</param>
    /// <returns>Such as <c>2026-03-01T09:00:00.000Z</c>.</returns>
    public static string Format(DateTimeOffset time)
    {
        var all = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        var shown = all.AsSpan().TrimEnd('0');
        return $"{all.AsSpan(0, Math.Max(shown.Length, all.Length - 4))}Z";
    }

    /// <summary>Reads a timestamp.</summary>
    /// <param name="text">The text; null is none.</param>
    /// <param name="time">The time, in UTC; digits beyond a tenth of a microsecond are cut off.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length > 64 || !Shape().IsMatch(text))
            return false;
        // The whole seconds have 19 characters; a dot and seven digits follow at most.
        var kept = text[..^1];
        return DateTimeOffset.TryParse(kept.Length > 27 ? kept[..27] : kept, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
