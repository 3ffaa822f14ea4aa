using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>The Traffic Light Protocol's levels, from the most open to the closest.</summary>
/// <remarks>FIRST, Traffic Light Protocol version 2.0 (2022). The order of the members is the order of strictness:
/// of two levels the higher one is kept. An unset value is <see cref="Red"/>, never the open end.</remarks>
[JsonConverter(typeof(TlpConverter))]
public enum Tlp
{
    /// <summary>TLP:RED: for those it was given to by name, and nobody else.</summary>
    Red = 0,

    /// <summary>TLP:AMBER+STRICT: for the recipient's organisation only.</summary>
    AmberStrict = -1,

    /// <summary>TLP:AMBER: for the recipient's organisation and those it works for, as far as they need it.</summary>
    Amber = -2,

    /// <summary>TLP:GREEN: for the community.</summary>
    Green = -3,

    /// <summary>TLP:CLEAR: for everybody.</summary>
    Clear = -4,
}

/// <summary>The levels as they are written.</summary>
public static class TlpText
{
    private static readonly (Tlp Level, string Text)[] Levels =
    [
        (Tlp.Clear, "TLP:CLEAR"),
        (Tlp.Green, "TLP:GREEN"),
        (Tlp.Amber, "TLP:AMBER"),
        (Tlp.AmberStrict, "TLP:AMBER+STRICT"),
        (Tlp.Red, "TLP:RED"),
    ];

    /// <summary>All levels, the most open first.</summary>
    public static IReadOnlyList<Tlp> All { get; } = [.. Levels.Select(each => each.Level)];

    /// <summary>The label, such as <c>TLP:AMBER+STRICT</c>.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The label as TLP 2.0 prescribes it.</returns>
    public static string Label(this Tlp level) => Array.Find(Levels, each => each.Level == level).Text
        ?? throw new ArgumentOutOfRangeException(nameof(level), level, "Expected one of the five levels.");

    /// <summary>Reads a label. Case, the prefix <c>TLP:</c> and TLP 1.0's <c>WHITE</c> are accepted.</summary>
    /// <param name="text">The text; null is no level.</param>
    /// <param name="level">The level, or <see cref="Tlp.Red"/> where there is none.</param>
    /// <returns>Whether it is a level.</returns>
    public static bool TryParse(string? text, out Tlp level)
    {
        var word = (text ?? "").Trim();
        if (word.StartsWith("TLP:", StringComparison.OrdinalIgnoreCase))
            word = word[4..].TrimStart();
        if (word.Equals("WHITE", StringComparison.OrdinalIgnoreCase))
            word = "CLEAR";
        foreach (var (each, label) in Levels)
        {
            if (!label.AsSpan(4).Equals(word, StringComparison.OrdinalIgnoreCase))
                continue;
            level = each;
            return true;
        }
        level = Tlp.Red;
        return false;
    }
}
