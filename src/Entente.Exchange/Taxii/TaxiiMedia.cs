namespace Entente.Exchange.Taxii;

/// <summary>The media types of TAXII 2.1 and of what it carries.</summary>
/// <remarks>TAXII Version 2.1, OASIS Standard (2021), section 1.6.8.</remarks>
public static class TaxiiMedia
{
    /// <summary>The media type of every answer.</summary>
    public const string Taxii = "application/taxii+json;version=2.1";

    /// <summary>The media type of the objects.</summary>
    public const string Stix = "application/stix+json;version=2.1";

    /// <summary>Whether somebody who sends such a header takes answers of TAXII 2.1.</summary>
    /// <param name="accept">The header <c>Accept</c>; null or empty where none was sent, which takes anything.</param>
    /// <returns>False where only other media types or other versions are taken.</returns>
    public static bool Accepts(string? accept) => string.IsNullOrWhiteSpace(accept) || accept.Split(',').Any(range => Is(range, orAny: true));

    /// <summary>Whether an answer of this type is one of TAXII 2.1.</summary>
    /// <param name="contentType">The header <c>Content-Type</c>; null where there is none.</param>
    /// <returns>False for other media types and other versions.</returns>
    public static bool IsTaxii(string? contentType) => contentType is not null && Is(contentType, orAny: false);

    private static bool Is(string text, bool orAny)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var (version, quality) = ("2.1", "1");
        foreach (var parameter in parts.Skip(1))
        {
            if (parameter.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value])
                continue;
            if (name.Equals("version", StringComparison.OrdinalIgnoreCase))
                version = value.Trim('"');
            else if (name.Equals("q", StringComparison.OrdinalIgnoreCase))
                quality = value;
        }
        // A quality of nothing at all says: not this.
        if (version != "2.1" || quality is "0" or "0." or "0.0" or "0.00" or "0.000")
            return false;
        return parts[0].Equals("application/taxii+json", StringComparison.OrdinalIgnoreCase) || (orAny && parts[0] is "*/*" or "application/*");
    }
}
