using System.Globalization;
using Entente.Lists.Wording;

namespace Entente.Lists.Containers;

/// <summary>A zip archive that is a list of itself (a workbook), or holds exactly one.</summary>
internal static class ZipFile
{
    private const int NamesShown = 5;

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8);

    /// <summary>Reads the list inside.</summary>
    /// <param name="packed">From its first byte.</param>
    /// <param name="name">As messages shall name it.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="readInner">Reads what is inside.</param>
    public static ListFile Read(Stream packed, string name, ListLimits limits, Func<GuardedStream, string, ListFile> readInner)
    {
        using var contents = ZipContents.Open(packed, name, limits);
        foreach (var format in ListFormats.Archives)
        {
            if (format.Recognises(contents))
                return format.Read(contents, name, limits);
        }
        if (contents.Holds("xl/workbook.xml"))
            throw new ListFormatException(name, null, null, "the file is an Excel workbook, and none of those that Entente reads. Save the sheet as 'CSV UTF-8', and pass that file.");

        var path = OnlyFile(contents, name);
        return UnpackedStream.ReadWhole(contents.Open(path), contents.NameOf(path), readInner);
    }

    private static string OnlyFile(ZipContents contents, string name)
    {
        var files = contents.Names.Where(path => !IsByTheWay(path)).ToList();
        if (files is [var only])
            return only;
        if (files.Count == 0)
            throw new ListFormatException(name, null, null, "the archive holds no file. Fetch the list again.");
        var shown = string.Join(", ", files.Take(NamesShown).Select(path => ShortText.Of(path, 80)));
        var more = files.Count > NamesShown ? $" and {(files.Count - NamesShown).ToString("N0", CultureInfo.InvariantCulture)} more" : "";
        throw new ListFormatException(name, null, null, $"the archive holds several files, where one list was expected: {shown}{more}. Unpack it, and pass the list that is meant.");
    }

    // What the Mac's Finder adds to any archive.
    internal static bool IsByTheWay(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path.EndsWith(".DS_Store", StringComparison.Ordinal);
}
