using System.Globalization;
using System.Xml;

namespace Entente.Lists.Australia;

/// <summary>Which cells of a workbook show their number as a date (ECMA-376, 18.8: styles).</summary>
internal sealed class CellStyles
{
    // More formats than a workbook may have (64,000 styles of cells).
    private const int Most = 65_536;

    private readonly List<bool> _dates = [];

    /// <summary>Whether a cell of a style shows a date.</summary>
    /// <param name="style">The number of the style as the cell has it; null where it has none.</param>
    public bool IsDate(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _dates.Count && _dates[number];

    /// <summary>Reads the part of the styles.</summary>
    public void Read(XmlReader reader)
    {
        var formats = new Dictionary<string, bool>(StringComparer.Ordinal);
        var cells = false;
        while (reader.Read())
        {
            if (reader is { LocalName: "cellXfs" })
                cells = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && formats.Count < Most)
                formats[reader.GetAttribute("numFmtId") ?? ""] = ShowsDay(reader.GetAttribute("formatCode") ?? "");
            else if (cells && reader is { NodeType: XmlNodeType.Element, LocalName: "xf" } && _dates.Count < Most)
                _dates.Add(reader.GetAttribute("numFmtId") is { } id && (formats.TryGetValue(id, out var date) ? date : IsBuiltIn(id)));
        }
    }

    // The formats that need no code: 18.8.30; 27 to 36 and 50 to 58 are dates in the languages of East Asia.
    private static bool IsBuiltIn(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58);

    // Days or years outside quotes, brackets and what a backslash keeps as it is; months alone may be minutes.
    private static bool ShowsDay(string code)
    {
        var closing = '\0';
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (closing != '\0')
                closing = c == closing ? '\0' : closing;
            else if (c is '"' or '[')
                closing = c == '"' ? '"' : ']';
            else if (c is '\\' or '_' or '*')
                i++;
            else if (c is 'y' or 'Y' or 'd' or 'D')
                return true;
        }
        return false;
    }
}
