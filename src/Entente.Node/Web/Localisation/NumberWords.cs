using System.Globalization;

namespace Entente.Node.Web.Localisation;

/// <summary>Numbers as the reader's language writes them.</summary>
internal static class NumberWords
{
    /// <summary>A score with two digits, cut and not rounded: what is below the threshold must not look as if it reached it.</summary>
    public static string Score(double score) => (Math.Floor(Math.Clamp(score, 0, 1) * 100) / 100).ToString("0.00", CultureInfo.CurrentCulture);

    /// <summary>Bits with their sign. The sign and the number are held together in lines of either direction.</summary>
    public static string Bits(double bits) => "\u2066" + (bits < 0 ? "−" : "+") + Math.Abs(bits).ToString("0.0", CultureInfo.CurrentCulture) + "\u2069";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A coordinate in a drawing.</summary>
    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
