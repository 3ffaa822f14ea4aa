using System.IO.Compression;
using System.Text;

namespace Entente.Lists.Tests.Containers;

/// <summary>Packs texts for tests.</summary>
internal static class Packing
{
    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Gzip(string text, CompressionLevel level = CompressionLevel.Fastest) => Gzip(Encoding.UTF8.GetBytes(text), level);

    public static byte[] Zip(params (string Path, byte[] Bytes)[] files) => Zip(CompressionLevel.Optimal, files);

    public static byte[] Zip(CompressionLevel level, params (string Path, byte[] Bytes)[] files)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var entry = zip.CreateEntry(path, level).Open();
                entry.Write(bytes);
            }
        }
        return packed.ToArray();
    }

    /// <summary>A good list with blank lines behind it, far more than their packed form would make one think.</summary>
    public static byte[] Bomb(string list)
    {
        var bytes = new byte[24 << 20];
        Array.Fill(bytes, (byte)'\n');
        Utf8(list).CopyTo(bytes, 0);
        return bytes;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
