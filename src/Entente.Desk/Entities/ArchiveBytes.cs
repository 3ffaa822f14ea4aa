using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Entente.Desk.Entities;

/// <summary>The bytes of an archive, in a file or in memory, read from anywhere.</summary>
/// <remarks>
/// Not mapped into memory: a file that is cut short under a running process would end the process, and pages that were read would count
/// as its memory. Thread-safe.
/// </remarks>
internal sealed class ArchiveBytes : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _memory;

    private ArchiveBytes(SafeFileHandle? file, ReadOnlyMemory<byte> memory)
    {
        _file = file;
        _memory = memory;
        Length = file is null ? memory.Length : RandomAccess.GetLength(file);
    }

    /// <summary>How many there are.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static ArchiveBytes Of(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess), default);

    /// <summary>Takes bytes that are in memory.</summary>
    public static ArchiveBytes Of(ReadOnlyMemory<byte> memory) => new(null, memory);

    /// <summary>Reads bytes.</summary>
    /// <param name="at">Where they begin.</param>
    /// <param name="into">Filled to its end.</param>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void Read(long at, Span<byte> into)
    {
        if (at < 0 || at > Length - into.Length)
            throw CutOff();
        if (_file is null)
        {
            _memory.Span.Slice((int)at, into.Length).CopyTo(into);
            return;
        }
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(_file, into, at);
            if (read == 0)
                throw CutOff(); // cut short since it was opened
            at += read;
            into = into[read..];
        }
    }

    /// <summary>The SHA-256 of the first bytes.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public byte[] Hash(long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Math.Min(1 << 20, Math.Max(length, 1))];
        for (var at = 0L; at < length;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at));
            Read(at, part);
            hash.AppendData(part);
            at += part.Length;
        }
        return hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static InvalidDataException CutOff() => new("The archive of entities is damaged: it ends before it should.");
}
