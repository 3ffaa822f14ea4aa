using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Desk.Entities;

/// <summary>Finds the numbers of entities by the hash of their ids: a sorted table in the file, of which every 64th entry is in memory.</summary>
internal sealed class IdTable
{
    private const int Step = 64;

    private readonly ArchiveBytes _bytes;
    private readonly ArchiveDirectory _directory;
    private readonly ulong[] _fences;

    /// <summary>Reads the table through once.</summary>
    /// <exception cref="InvalidDataException">It is not sorted, or names entities that are not there.</exception>
    public IdTable(ArchiveBytes bytes, ArchiveDirectory directory)
    {
        _bytes = bytes;
        _directory = directory;
        _fences = new ulong[(directory.IdCount + Step - 1) / Step];
        Span<byte> block = stackalloc byte[Step * ArchiveDirectory.IdBytes];
        var last = 0UL;
        for (var i = 0; i < _fences.Length; i++)
        {
            var entries = Block(i, block);
            _fences[i] = HashAt(entries, 0);
            for (var at = 0; at < entries.Length; at += ArchiveDirectory.IdBytes)
            {
                if (HashAt(entries, at) < last || (uint)NumberAt(entries, at) >= (uint)directory.Count)
                    throw Damaged();
                last = HashAt(entries, at);
            }
        }
    }

    /// <summary>The hash that ids are found by. Of SHA-256, so that nobody can make ids that get into each other's way.</summary>
    public static ulong HashOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>The numbers of the entities that may have an id: those that bear it before those that replaced it, else in order.</summary>
    public List<(int Number, bool IsReferent)> Find(string id)
    {
        var found = new List<(int, bool)>();
        var hash = HashOf(id);
        var fence = Array.BinarySearch(_fences, hash);
        // Equal entries may begin in the block before.
        var i = Math.Max(0, (fence < 0 ? ~fence : fence) - 1);
        while (i > 0 && _fences[i] >= hash)
            i--;
        Span<byte> block = stackalloc byte[Step * ArchiveDirectory.IdBytes];
        for (; i < _fences.Length && _fences[i] <= hash; i++)
        {
            var entries = Block(i, block);
            for (var at = 0; at < entries.Length; at += ArchiveDirectory.IdBytes)
            {
                if (HashAt(entries, at) != hash)
                    continue;
                if ((uint)NumberAt(entries, at) >= (uint)_directory.Count)
                    throw Damaged();
                found.Add((NumberAt(entries, at), BinaryPrimitives.ReadInt32LittleEndian(entries[(at + 12)..]) != 0));
            }
        }
        return found;
    }

    private static InvalidDataException Damaged() => new("The archive of entities is damaged: its table of ids is.");

    private ReadOnlySpan<byte> Block(int number, Span<byte> into)
    {
        var first = number * Step;
        var entries = into[..(Math.Min(Step, _directory.IdCount - first) * ArchiveDirectory.IdBytes)];
        _bytes.Read(_directory.IdsAt + ((long)first * ArchiveDirectory.IdBytes), entries);
        return entries;
    }

    private static ulong HashAt(ReadOnlySpan<byte> entries, int at) => BinaryPrimitives.ReadUInt64LittleEndian(entries[at..]);

    private static int NumberAt(ReadOnlySpan<byte> entries, int at) => BinaryPrimitives.ReadInt32LittleEndian(entries[(at + 8)..]);
}
