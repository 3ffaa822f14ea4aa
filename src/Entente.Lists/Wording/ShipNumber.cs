using Entente.Records;

namespace Entente.Lists.Wording;

/// <summary>IMO numbers, which ships and shipping companies have.</summary>
internal static class ShipNumber
{
    /// <summary>The seven digits: <c>9074729</c> out of 'IMO 9074729'; the text itself where there are no seven in a row.</summary>
    public static string Digits(string text)
    {
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = char.IsAsciiDigit(text[i]) ? run + 1 : 0;
            if (run == 7 && (i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1])))
                return text[(i - 6)..(i + 1)];
        }
        return text;
    }

    /// <summary>The property for an IMO number: <c>imoNumber</c> of ships and organisations, <c>idNumber</c> of what FtM gives none, such as people.</summary>
    public static string PropertyOf(string schema) => Schemata.TypeOf(schema, "imoNumber") is null ? "idNumber" : "imoNumber";

    /// <summary>Whether it is the number of a ship: the last digit checks the six before it. Numbers of companies have other check digits.</summary>
    /// <remarks>IMO Resolution A.1117(30): the first six digits, times 7 down to 2, add up to a number that ends in the seventh.</remarks>
    public static bool IsShips(string digits)
    {
        if (digits.Length != 7)
            return false;
        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            if (!char.IsAsciiDigit(digits[i]))
                return false;
            sum += (digits[i] - '0') * (7 - i);
        }
        return sum > 0 && sum % 10 == digits[6] - '0';
    }
}
