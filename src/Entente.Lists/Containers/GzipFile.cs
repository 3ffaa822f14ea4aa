using System.IO.Compression;

namespace Entente.Lists.Containers;

/// <summary>A list packed with gzip.</summary>
internal static class GzipFile
{
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Reads the list inside.</summary>
    /// <param name="packed">From its first byte.</param>
    /// <param name="name">As messages shall name it.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="readInner">Reads what is inside.</param>
    public static ListFile Read(Stream packed, string name, ListLimits limits, Func<GuardedStream, string, ListFile> readInner)
    {
        var marked = new EndMark.Added(packed);
        using var gzip = new GZipStream(marked, CompressionMode.Decompress, leaveOpen: true);
        var unpacked = new UnpackedStream(new EndMark.Removed(gzip), () => marked.Served, name, limits);
        return UnpackedStream.ReadWhole(new GuardedStream(unpacked, name, limits), name, readInner);
    }
}
