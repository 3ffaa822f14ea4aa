using System.Globalization;
using System.Text;
using System.Xml;
using Entente.Lists.Containers;

namespace Entente.Lists.Australia;

/// <summary>Reads the first sheet of an Excel workbook (ECMA-376 SpreadsheetML), row by row.</summary>
/// <remarks>No DTD, no outside parts, bounded memory. Numbers come as they are stored, but those that the sheet
/// shows as dates come as dates.</remarks>
internal sealed class Workbook
{
    public const string Part = "xl/workbook.xml";

    private const string Relationships = "xl/_rels/workbook.xml.rels";
    private const string DefaultSheet = "xl/worksheets/sheet1.xml";
    private const string SharedStrings = "xl/sharedStrings.xml";
    private const string Styles = "xl/styles.xml";
    private const string RelationshipNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // All texts of the workbook are in memory at once.
    private const long MaxSharedCharacters = 256L * 1024 * 1024;

    private const int MaxColumns = 500;

    private readonly ZipContents _contents;
    private readonly ListLimits _limits;
    private readonly List<string> _strings = [];
    private readonly CellStyles _styles = new();

    private Workbook(ZipContents contents, ListLimits limits)
    {
        _contents = contents;
        _limits = limits;
    }

    /// <summary>Reads the first sheet.</summary>
    /// <param name="contents">The archive, which holds <see cref="Part"/>.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="visit">Takes the cells of a row and its number, from 1; returns false to read no further.</param>
    /// <exception cref="ListFormatException">Damaged, or beyond the bounds.</exception>
    public static void ReadFirstSheet(ZipContents contents, ListLimits limits, Func<IReadOnlyList<string>, int, bool> visit)
    {
        var workbook = new Workbook(contents, limits);
        var sheet = workbook.FirstSheet();
        if (contents.Holds(SharedStrings))
            workbook.ReadStrings();
        if (contents.Holds(Styles))
            workbook.Read(Styles, workbook._styles.Read);
        workbook.ReadSheet(sheet, visit);
    }

    private string FirstSheet()
    {
        string? id = null;
        Read(Part, reader =>
        {
            while (id is null && reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                    id = reader.GetAttribute("id", RelationshipNamespace);
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" } && reader.GetAttribute("date1904") is "1" or "true")
                    throw Error(Part, "the workbook counts its days from 1904, as old ones of the Mac do. Save the sheet as 'CSV UTF-8', and pass that file.");
            }
        });
        string? target = null;
        if (id is not null && _contents.Holds(Relationships))
        {
            Read(Relationships, reader =>
            {
                while (target is null && reader.Read())
                {
                    if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && reader.GetAttribute("Id") == id)
                        target = reader.GetAttribute("Target");
                }
            });
        }
        // '/xl/worksheets/sheet1.xml' from the top, or 'worksheets/sheet1.xml' from the folder of the workbook.
        var path = target is null ? DefaultSheet : target.StartsWith('/') ? target[1..] : "xl/" + target;
        return _contents.Holds(path) ? path : throw Error(Part, "the workbook does not hold its first sheet. Fetch it again.");
    }

    private void ReadStrings() => Read(SharedStrings, reader =>
    {
        var characters = 0L;
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "si" })
                continue;
            var text = ReadText(reader, SharedStrings);
            if ((characters += text.Length + 16) > MaxSharedCharacters)
                throw Error(SharedStrings, "the texts of the workbook are too long to be held in memory.");
            _strings.Add(text);
        }
    });

    private void ReadSheet(string path, Func<IReadOnlyList<string>, int, bool> visit) => Read(path, reader =>
    {
        var number = 0;
        var cells = new List<string>();
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : number + 1;
                cells.Clear();
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                ReadCell(reader, cells, path);
            }
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "row" } && cells.Count > 0 && !visit(cells, number))
            {
                return;
            }
        }
    });

    private void ReadCell(XmlReader reader, List<string> cells, string path)
    {
        var column = Column(reader.GetAttribute("r")) ?? cells.Count;
        var type = reader.GetAttribute("t");
        var isDate = type is (null or "n") && _styles.IsDate(reader.GetAttribute("s"));
        if (column >= MaxColumns)
            throw Error(path, $"a row has more than {MaxColumns} columns.");
        if (column < cells.Count)
            throw Error(path, $"the cell {Wording.ShortText.Of(reader.GetAttribute("r"))} stands twice. Fetch the list again.");
        while (cells.Count < column)
            cells.Add("");
        var text = ReadText(reader, path);
        if (type == "s")
        {
            text = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _strings.Count
                ? _strings[index]
                : throw Error(path, "a cell refers to a text that the workbook does not hold. Fetch it again.");
        }
        cells.Add(type == "e" ? "" : isDate ? SerialDate.OfDays(text) : text); // an error such as #REF! is no value
    }

    // All text inside the current element, but for formulas and for how it is pronounced; the element is consumed up to its end tag.
    private string ReadText(XmlReader reader, string path)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = reader.Depth;
        var skip = int.MaxValue;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "f" or "rPh" && skip == int.MaxValue && !reader.IsEmptyElement)
                skip = reader.Depth;
            else if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == skip)
                skip = int.MaxValue;
            else if (skip == int.MaxValue && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
            if (text.Length > _limits.MaxValueLength)
                throw Error(path, $"a value is longer than {_limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        }
        return text.ToString();
    }

    // 'B12' is 1.
    private static int? Column(string? cell)
    {
        var column = 0;
        foreach (var c in cell ?? "")
        {
            if (c is < 'A' or > 'Z')
                break;
            column = Math.Min((column * 26) + (c - 'A') + 1, MaxColumns + 1);
        }
        return column == 0 ? null : column - 1;
    }

    private void Read(string path, Action<XmlReader> read)
    {
        using var stream = _contents.Open(path);
        stream.ExpectMarkup = true;
        using var reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = _limits.MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        try
        {
            read(reader);
        }
        catch (XmlException e)
        {
            throw new ListFormatException(_contents.NameOf(path), e.LineNumber > 0 ? e.LineNumber : null, null, "not well-formed XML: the workbook is damaged. Fetch it again.", e);
        }
    }

    private ListFormatException Error(string path, string problem) => new(_contents.NameOf(path), null, null, problem);
}
