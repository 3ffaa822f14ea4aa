using Entente.Lists.Australia;
using Entente.Lists.Canada;
using Entente.Lists.Containers;
using Entente.Lists.EuropeanUnion;
using Entente.Lists.France;
using Entente.Lists.Ftm;
using Entente.Lists.HouseList;
using Entente.Lists.Ofac.Advanced;
using Entente.Lists.Ofac;
using Entente.Lists.OpenSanctions;
using Entente.Lists.UnitedKingdom;
using Entente.Lists.UnitedNations;

namespace Entente.Lists;

/// <summary>A list format in XML, told by its document element.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Root">Local name of the document element.</param>
/// <param name="Namespace">Its XML namespace; null where any will do.</param>
/// <param name="Read">Reads the list from the document element, to which the walk has come.</param>
internal sealed record XmlListFormat(string Title, string Root, string? Namespace, Func<ListXml, string, ListLimits, ListFile> Read);

/// <summary>A list format in JSON, CSV or plain text, told by how it begins.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Recognises">Whether a file that begins so (up to <see cref="ListFormats.PeekBytes"/> bytes, read as UTF-8, without byte order mark) is of the format.</param>
/// <param name="Read">Reads the list from its first byte.</param>
internal sealed record TextListFormat(string Title, Func<string, bool> Recognises, Func<Stream, string, ListLimits, ListFile> Read)
{
    /// <summary>Reads the list together with the files beside it; unset where one file is the whole list.</summary>
    public Func<Stream, string, ListLimits, SiblingFiles, ListFile>? ReadWithSiblings { get; init; }

    /// <summary>Whether the format stands in the row of those that are supported; not so for parts of a list.</summary>
    public bool IsOffered { get; init; } = true;
}

/// <summary>A list format that is a zip archive in itself, such as a workbook. Any other archive must hold one list of another format.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Recognises">Whether an archive that holds these files is of the format.</param>
/// <param name="Read">Reads the list.</param>
internal sealed record ArchiveListFormat(string Title, Func<ZipContents, bool> Recognises, Func<ZipContents, string, ListLimits, ListFile> Read);

/// <summary>Every list format that Entente reads. To add one, add a line.</summary>
internal static class ListFormats
{
    /// <summary>How much of a file is looked at to tell what it is.</summary>
    public const int PeekBytes = 4096;

    /// <summary>The formats in XML.</summary>
    public static IReadOnlyList<XmlListFormat> Xml { get; } =
    [
        new("the UN Security Council consolidated list", UnConsolidatedReader.RootElement, null, static (xml, file, limits) => new UnConsolidatedReader(xml, file, limits).Read()),
        new("the EU consolidated list of financial sanctions", EuSanctionsReader.RootElement, EuSanctionsReader.Namespace, static (xml, file, limits) => new EuSanctionsReader(xml, file, limits).Read()),
        new("the UK Sanctions List", UkSanctionsReader.RootElement, null, UkSanctionsReader.Read),
        new("the OFAC lists (sdn.xml, consolidated.xml)", OfacXmlReader.RootElement, null, static (xml, file, limits) => new OfacXmlReader(xml, file, limits).Read()),
        new("the OFAC lists in advanced form (sdn_advanced.xml, cons_advanced.xml)", OfacAdvancedReader.RootElement, null, static (xml, file, limits) => new OfacAdvancedReader(xml, file, limits).Read()),
        new("the Canadian autonomous sanctions list", CaSanctionsReader.RootElement, null, static (xml, file, limits) => new CaSanctionsReader(xml, file, limits).Read()),
    ];

    /// <summary>The other formats, the more particular first.</summary>
    public static IReadOnlyList<TextListFormat> Text { get; } =
    [
        new("the French register of frozen assets (JSON)", FrFreezesReader.Recognises, FrFreezesReader.Read),
        new("the UK Sanctions List (CSV)", UkCsvReader.Recognises, UkCsvReader.Read),
        new("the OFAC lists (sdn.csv or cons_prim.csv, with the files beside it)", static head => OfacRows.Recognise(head) == OfacCsvKind.Entries,
            static (stream, file, limits) => OfacCsvReader.Read(stream, file, limits, SiblingFiles.None)) { ReadWithSiblings = OfacCsvReader.Read },
        new("aliases or addresses of an OFAC list", static head => OfacRows.Recognise(head) is OfacCsvKind.Aliases or OfacCsvKind.Addresses, OfacCsvReader.RefusePart) { IsOffered = false },
        new("FollowTheMoney entities (JSON lines)", static head => head.TrimStart().StartsWith('{'), FtmListReader.Read),
        new("the Australian consolidated list (CSV)", AuDfatReader.Recognises, AuDfatReader.Read),
        new("OpenSanctions targets (targets.simple.csv)", SimpleCsvReader.Recognises, SimpleCsvReader.Read),
        new("a list of the house's own (CSV with a header)", HouseListReader.Recognises, static (stream, file, limits) => HouseListReader.Read(stream, file, limits, null)),
    ];

    /// <summary>Formats that are zip archives in themselves.</summary>
    public static IReadOnlyList<ArchiveListFormat> Archives { get; } =
    [
        new("the Australian consolidated list (workbook)", static contents => contents.Holds(Workbook.Part), AuDfatReader.ReadWorkbook),
    ];

    /// <summary>What is read, for messages.</summary>
    public static string Supported => $"Supported: {string.Join("; ", Xml.Select(format => format.Title + " (XML)").Concat(Text.Where(format => format.IsOffered).Select(format => format.Title)).Concat(Archives.Select(format => format.Title)))}.";
}
