using System.Buffers.Binary;
using System.Security.Cryptography;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>The blinded points of this side, filled up to their band, in the order in which they are sent.</summary>
/// <remarks>
/// Points of a group are sorted, and groups by their first point: blinded points sort like random numbers, so the order tells
/// nothing, and the other side can see that no point comes twice.
/// </remarks>
internal sealed class OwnSet
{
    public const int PointSize = FieldElement.Size;

    /// <summary>The x of the points.</summary>
    public required byte[] Points { get; init; }

    /// <summary>For each point the key behind it; -1 for one that only fills.</summary>
    public required int[] KeyAt { get; init; }

    /// <summary>A byte about each key, or none.</summary>
    public required byte[] Notes { get; init; }

    public int Count => KeyAt.Length;

    /// <summary>Blinds the keys and fills the set up.</summary>
    public static OwnSet Blind(OverlapInput input, BlindingKey key, HashToCurve hash, byte[] terms, CancellationToken cancellation)
    {
        int size = input.GroupSize, count = OverlapBands.Of(input.Groups) * size;
        byte[] blinded = new byte[input.Keys.Length / OverlapKey.Size * PointSize];
        key.Blind(hash, terms, input.Keys, OverlapKey.Size, blinded, cancellation);

        byte[] points = new byte[count * PointSize];
        int[] keyAt = new int[count];
        Array.Fill(keyAt, -1);
        input.Places.CopyTo(keyAt, 0);
        int fill = keyAt.Count(place => place < 0), filled = 0;
        byte[] random = new byte[fill * PointSize];
        BlindingKey.Random(random, cancellation);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> from = keyAt[i] >= 0 ? blinded.AsSpan(keyAt[i] * PointSize, PointSize) : random.AsSpan(filled++ * PointSize, PointSize);
            from.CopyTo(points.AsSpan(i * PointSize));
        }

        CryptographicOperations.ZeroMemory(blinded);
        return Sort(points, keyAt, size, input.Notes);
    }

    private static OwnSet Sort(byte[] points, int[] keyAt, int size, byte[] notes)
    {
        int[] order = [.. Enumerable.Range(0, keyAt.Length)];
        // By the first eight bytes, and by all where they are the same.
        var heads = new ulong[keyAt.Length];
        for (int i = 0; i < heads.Length; i++)
            heads[i] = BinaryPrimitives.ReadUInt64BigEndian(points.AsSpan(i * PointSize));
        if (size > 1)
        {
            for (int group = 0; group < order.Length; group += size)
                order.AsSpan(group, size).Sort(Compare);
        }

        int[] groups = [.. Enumerable.Range(0, keyAt.Length / size)];
        Array.Sort(groups, (a, b) => Compare(order[a * size], order[b * size]));
        byte[] sorted = new byte[points.Length];
        int[] sortedKeys = new int[keyAt.Length];
        for (int at = 0; at < sortedKeys.Length; at++)
        {
            int from = order[(groups[at / size] * size) + (at % size)];
            points.AsSpan(from * PointSize, PointSize).CopyTo(sorted.AsSpan(at * PointSize));
            sortedKeys[at] = keyAt[from];
        }

        return new OwnSet { Points = sorted, KeyAt = sortedKeys, Notes = notes };

        int Compare(int a, int b) => heads[a] != heads[b] ? heads[a].CompareTo(heads[b])
            : points.AsSpan(a * PointSize, PointSize).SequenceCompareTo(points.AsSpan(b * PointSize, PointSize));
    }
}
