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
using Entente.Lists.Russia;
using Entente.Lists.Switzerland;
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

/// <summary>A list format that is told by its first bytes before all others: a binary table, a page of the publisher, a text in an old encoding.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Recognises">Whether a file that begins with these bytes (up to <see cref="ListFormats.PeekBytes"/>) is of the format.</param>
/// <param name="Read">Reads the list from its first byte.</param>
internal sealed record ByteListFormat(string Title, ByteListFormat.Recogniser Recognises, Func<GuardedStream, string, ListLimits, ListFile> Read)
{
    /// <summary>Whether the bytes are of a format.</summary>
    public delegate bool Recogniser(ReadOnlySpan<byte> head);
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
        new("UN list", UnConsolidatedReader.RootElement, null, static (xml, file, limits) => new UnConsolidatedReader(xml, file, limits).Read()),
        new("EU list", EuSanctionsReader.RootElement, EuSanctionsReader.Namespace, static (xml, file, limits) => new EuSanctionsReader(xml, file, limits).Read()),
        new("UK list", UkSanctionsReader.RootElement, null, UkSanctionsReader.Read),
        new("OFAC sdn, consolidated", OfacXmlReader.RootElement, null, static (xml, file, limits) => new OfacXmlReader(xml, file, limits).Read()),
        new("OFAC advanced", OfacAdvancedReader.RootElement, null, static (xml, file, limits) => new OfacAdvancedReader(xml, file, limits).Read()),
        new("Swiss list of SECO", SecoListReader.RootElement, null, static (xml, file, limits) => new SecoListReader(xml, file, limits).Read()),
        new("Canadian list", CaSanctionsReader.RootElement, null, static (xml, file, limits) => new CaSanctionsReader(xml, file, limits).Read()),
        new("Rosfinmonitoring", RfmXmlReader.RootElement, null, static (xml, file, limits) => new RfmXmlReader(xml, file, limits).Read()),
    ];

    /// <summary>The other formats, the more particular first.</summary>
    public static IReadOnlyList<TextListFormat> Text { get; } =
    [
        new("French register (JSON)", FrFreezesReader.Recognises, FrFreezesReader.Read),
        new("UK list (CSV)", UkCsvReader.Recognises, UkCsvReader.Read),
        new("OFAC sdn.csv, cons_prim.csv", static head => OfacRows.Recognise(head) == OfacCsvKind.Entries,
            static (stream, file, limits) => OfacCsvReader.Read(stream, file, limits, SiblingFiles.None)) { ReadWithSiblings = OfacCsvReader.Read },
        new("aliases or addresses of an OFAC list", static head => OfacRows.Recognise(head) is OfacCsvKind.Aliases or OfacCsvKind.Addresses, OfacCsvReader.RefusePart) { IsOffered = false },
        new("FollowTheMoney (JSON lines)", static head => head.TrimStart().StartsWith('{'), FtmListReader.Read),
        new("Australian list (CSV)", AuDfatReader.Recognises, AuDfatReader.Read),
        new("OpenSanctions targets.simple.csv", SimpleCsvReader.Recognises, SimpleCsvReader.Read),
        new("a list of your own (CSV)", HouseListReader.Recognises, static (stream, file, limits) => HouseListReader.Read(stream, file, limits, null)),
    ];

    /// <summary>Formats that are told by their bytes, before XML and text.</summary>
    public static IReadOnlyList<ByteListFormat> Bytes { get; } =
    [
        new("Rosfinmonitoring (DBF)", DbfTable.Recognises, RfmDbfReader.Read),
        new("Rosfinmonitoring (text, web page)", RfmTextReader.Recognises, RfmTextReader.Read),
    ];

    /// <summary>Formats that are zip archives in themselves.</summary>
    public static IReadOnlyList<ArchiveListFormat> Archives { get; } =
    [
        new("Australian list (workbook)", static contents => contents.Holds(Workbook.Part), AuDfatReader.ReadWorkbook),
    ];

    /// <summary>What is read, for messages.</summary>
    public static string Supported => $"Supported: {string.Join("; ", Xml.Select(format => format.Title + " (XML)").Concat(Text.Where(format => format.IsOffered).Select(format => format.Title)).Concat(Bytes.Select(format => format.Title)).Concat(Archives.Select(format => format.Title)))}. See docs/lists.md.";
}
