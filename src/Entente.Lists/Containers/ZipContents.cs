using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Entente.Lists.Wording;

namespace Entente.Lists.Containers;

/// <summary>The files of a zip archive, unpacked as they are read and never written to a folder.</summary>
internal sealed class ZipContents : IDisposable
{
    // An archive's directory is in memory whole; nobody packs a list with ten thousand other files.
    private const int MaxDirectoryBytes = 1024 * 1024;

    private const int EndRecordLength = 22;

    private readonly Stream _bytes;
    private readonly ZipArchive _archive;
    private readonly string _file;
    private readonly ListLimits _limits;
    private readonly List<Stream> _opened = [];

    private ZipContents(Stream bytes, ZipArchive archive, string file, ListLimits limits)
    {
        _bytes = bytes;
        _archive = archive;
        _file = file;
        _limits = limits;
        Names = [.. archive.Entries.Select(entry => entry.FullName).Where(name => !IsFolder(name))];
    }

    /// <summary>The paths of all files inside, in the archive's order, with '/' between folders. Folders are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="packed">Its bytes from the first; need not be seekable.</param>
    /// <param name="file">As messages shall name it.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="ListFormatException">It is damaged or beyond the bounds.</exception>
    public static ZipContents Open(Stream packed, string file, ListLimits limits)
    {
        // Zip is read from its end.
        return Over(Spool.Copy(packed), file, limits);
    }

    /// <summary>As <see cref="Open(Stream, string, ListLimits)"/>, for a file on the disk, which need not be copied.</summary>
    /// <param name="packed">The file; closed with this, also when it cannot be opened.</param>
    /// <param name="file">As messages shall name it.</param>
    /// <param name="limits">Bounds.</param>
    public static ZipContents Of(FileStream packed, string file, ListLimits limits) => Over(packed, file, limits);

    private static ZipContents Over(Stream bytes, string file, ListLimits limits)
    {
        try
        {
            CheckDirectory(bytes, file);
            var archive = new ZipArchive(bytes, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            return new ZipContents(bytes, archive, file, limits);
        }
        catch (InvalidDataException e)
        {
            bytes.Dispose();
            throw UnpackedStream.Damaged(file, e);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Whether the archive holds a file of this path.</summary>
    public bool Holds(string path) => Names.Contains(path, StringComparer.Ordinal);

    /// <summary>What messages call a file inside: <c>lists.zip/inner.xml</c>.</summary>
    public string NameOf(string path) => $"{_file}/{ShortText.Of(path, 80)}";

    /// <summary>Opens a file inside, within the bounds. Its checksum is proved when its end is read.</summary>
    /// <param name="path">One of <see cref="Names"/>; where two are the same, the first.</param>
    /// <exception cref="ListFormatException">It is encrypted or damaged.</exception>
    public GuardedStream Open(string path)
    {
        var entry = _archive.Entries.First(entry => entry.FullName == path);
        var name = NameOf(path);
        if (entry.IsEncrypted)
            throw new ListFormatException(name, null, null, "the file is encrypted. Unpack it with its password, and pass the list inside.");
        try
        {
            var unpacker = entry.Open();
            _opened.Add(unpacker);
            var checkedBytes = new ChecksummedStream(unpacker, entry.Length, entry.Crc32);
            var packed = entry.CompressedLength;
            return new GuardedStream(new UnpackedStream(checkedBytes, () => packed, name, _limits), name, _limits);
        }
        catch (InvalidDataException e)
        {
            throw UnpackedStream.Damaged(name, e);
        }
    }

    public void Dispose()
    {
        foreach (var stream in _opened)
            stream.Dispose();
        _archive.Dispose();
        _bytes.Dispose();
    }

    private static bool IsFolder(string name) => name.EndsWith('/') || name.EndsWith('\\');

    // The runtime reads the directory up to the end record, however long it is. So the two must stand side by side, the
    // directory within bounds. APPNOTE 4.3.16.
    private static void CheckDirectory(Stream bytes, string file)
    {
        var length = (int)Math.Min(bytes.Length, EndRecordLength + ushort.MaxValue);
        var tail = new byte[length];
        bytes.Position = bytes.Length - length;
        bytes.ReadExactly(tail);
        bytes.Position = 0;

        var at = tail.AsSpan().LastIndexOf("PK\x5\x6"u8);
        if (at < 0 || at + EndRecordLength > length)
            throw UnpackedStream.Damaged(file, null);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (start == uint.MaxValue || size == uint.MaxValue)
            throw new ListFormatException(file, null, null, "the archive is of the kind for more than 4 GiB (zip64). Unpack it, and pass the list inside.");
        if (size > MaxDirectoryBytes)
            throw new ListFormatException(file, null, null, $"the archive's directory is longer than {MaxDirectoryBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes: it holds too many files. Unpack it, and pass the list inside.");
        if ((long)start + size != bytes.Length - length + at)
            throw UnpackedStream.Damaged(file, null);
    }
}
