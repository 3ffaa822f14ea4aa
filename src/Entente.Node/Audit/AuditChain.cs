using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Node.Audit;

/// <summary>How entries are hashed and chained.</summary>
/// <remarks>
/// An entry's hash covers, each with its length in four bytes before it (big-endian), in this order: the format's name, the
/// number and the time in milliseconds since 1970 (eight bytes each), actor, action, what it is about (UTF-8), the digest of the
/// payload, and the hash of the entry before. So an entry cannot be changed, left out, moved or put in without changing
/// every hash behind it. Salt and payload enter by their digest only, so that they can be erased.
/// </remarks>
public static class AuditChain
{
    /// <summary>Length of a hash, in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const int SaltLength = 16;

    private static readonly byte[] Format = "entente-audit-1"u8.ToArray();

    /// <summary>What stands before the first entry: 32 zero bytes.</summary>
    public static byte[] Origin => new byte[HashLength];

    /// <summary>Makes the entry that follows another.</summary>
    /// <param name="previous">The entry before: its number and hash; 0 and <see cref="Origin"/> for none.</param>
    /// <param name="at">When; cut to the millisecond.</param>
    /// <param name="actor">Who.</param>
    /// <param name="action">What was done.</param>
    /// <param name="about">To what.</param>
    /// <param name="payload">What exactly, as JSON.</param>
    public static AuditEntry Follow((long Seq, byte[] Hash) previous, DateTimeOffset at, string actor, string action, string about, string payload)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var digest = Digest(salt, payload);
        return new AuditEntry
        {
            Seq = previous.Seq + 1,
            At = time,
            Actor = actor,
            Action = action,
            About = about,
            Payload = payload,
            Salt = salt,
            PayloadDigest = digest,
            PreviousHash = previous.Hash,
            Hash = Hash(previous.Seq + 1, time.ToUnixTimeMilliseconds(), actor, action, about, digest, previous.Hash),
        };
    }

    /// <summary>The hash that an entry should have.</summary>
    /// <param name="entry">The entry.</param>
    public static byte[] HashOf(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Hash(entry.Seq, entry.At.ToUnixTimeMilliseconds(), entry.Actor, entry.Action, entry.About, entry.PayloadDigest, entry.PreviousHash);
    }

    /// <summary>The hash that an entry should have, whatever stands in it.</summary>
    internal static byte[] HashOf(AuditRow row) => Hash(row.Seq, row.At, row.Actor, row.Action, row.About, row.PayloadDigest, row.PreviousHash);

    /// <summary>SHA-256 of salt and payload.</summary>
    /// <param name="salt">The entry's salt.</param>
    /// <param name="payload">The entry's payload.</param>
    public static byte[] Digest(byte[] salt, string payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(payload));
        return hash.GetHashAndReset();
    }

    private static byte[] Hash(long seq, long at, string actor, string action, string about, byte[] digest, byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        Append(hash, Format);
        BinaryPrimitives.WriteInt64BigEndian(number, seq);
        Append(hash, number);
        BinaryPrimitives.WriteInt64BigEndian(number, at);
        Append(hash, number);
        Append(hash, Encoding.UTF8.GetBytes(actor));
        Append(hash, Encoding.UTF8.GetBytes(action));
        Append(hash, Encoding.UTF8.GetBytes(about));
        Append(hash, digest);
        Append(hash, previous);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
