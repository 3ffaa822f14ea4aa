using System.Collections.Frozen;
using System.Collections.Immutable;
using Entente.Names.Structure;

namespace Entente.Screening.Facts;

/// <summary>A place as written, with the words that tell it from others and its country, if it names one.</summary>
internal sealed record PlaceText(string Text, ImmutableArray<NamePart> Words, string? Country)
{
    private static readonly FrozenSet<string> Generic = FrozenSet.Create(StringComparer.Ordinal,
        "village", "district", "province", "area", "region", "city", "town", "governorate", "state", "county", "island", "near", "of", "the", "and", "republic",
        "territory", "commune", "sector", "prefecture", "department", "oblast", "camp", "north", "south", "east", "west", "new", "de", "la", "el", "al");

    /// <summary>Reads a place.</summary>
    public static PlaceText Of(string text)
    {
        string? country = null;
        foreach (string piece in text.Split([',', ';', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (piece.Length > 2 && Records.Countries.TryNormalise(piece, out string code))
                country = code;
        }

        Name name = Name.Parse(text.Length > 200 ? text[..200] : text, NameKind.Thing);
        return new PlaceText(text, [.. name.Tokens.Select(t => t.Part).Where(p => p.Role == TokenRole.Word && p.Folded.Length > 2 && !Generic.Contains(p.Folded))], country);
    }
}
