using Entente.Records;

namespace Entente.Lists.Wording;

/// <summary>Which FtM property takes a number of which the list does not say what it is.</summary>
internal static class IdentifierProperty
{
    /// <summary>The property for a number.</summary>
    /// <param name="schema">FtM schema of what bears the number.</param>
    /// <param name="number">As the list writes it.</param>
    /// <returns>Null where the schema has no such property.</returns>
    public static string? For(string schema, string number)
    {
        if (TryImo(number, out _) && number.StartsWith("IMO", StringComparison.OrdinalIgnoreCase) && Has(schema, "imoNumber"))
            return "imoNumber";
        if (IsWikidata(number))
            return "wikidataId";
        return Array.Find(["idNumber", "registrationNumber", "publicKey"], property => Has(schema, property));
    }

    /// <summary>An IMO number as FtM writes it, <c>IMO9074729</c>; seven digits with or without 'IMO' before them.</summary>
    public static bool TryImo(string text, out string number)
    {
        var bare = text.StartsWith("IMO", StringComparison.OrdinalIgnoreCase) ? text[3..].TrimStart(' ', ':', '-', '.') : text;
        number = "IMO" + bare;
        return bare.Length == 7 && bare.All(char.IsAsciiDigit);
    }

    private static bool IsWikidata(string number) =>
        number.Length is > 1 and < 16 && number[0] == 'Q' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool Has(string schema, string property) => Schemata.TypeOf(schema, property) is not null;
}
