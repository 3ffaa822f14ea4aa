namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What one side brings to a round.</summary>
/// <remarks>Immutable.</remarks>
public sealed class OverlapInput
{
    /// <summary>Keys that count as one entity, at most, where only the number is learnt.</summary>
    public const int KeysOfEntity = 4;

    private OverlapInput(byte[] keys, int[] places, byte[] notes, int groupSize) =>
        (Keys, Places, Notes, GroupSize) = (keys, places, notes, groupSize);

    /// <summary>The keys, one behind the other.</summary>
    internal byte[] Keys { get; }

    /// <summary>For every place of every group the key in it, or -1 for none.</summary>
    internal int[] Places { get; }

    /// <summary>A byte about each key, or none.</summary>
    internal byte[] Notes { get; }

    internal int GroupSize { get; }

    internal int Groups => Places.Length / GroupSize;

    /// <summary>Keys, to learn which of them the other side has.</summary>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="notes">For each key a byte that the other side is told where it has the key too: how many entities stand behind it, 255 for more. Only for the first round.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">A key is there twice, or there are notes but not one for each key.</exception>
    public static OverlapInput Which(IReadOnlyList<OverlapKey> keys, IReadOnlyList<byte>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (notes is not null && notes.Count != keys.Count)
            throw new ArgumentException("There is one note for each key.", nameof(notes));
        if (keys.Distinct().Count() != keys.Count)
            throw new ArgumentException("A set holds a key once.", nameof(keys));
        return new OverlapInput(Flat(keys), [.. Enumerable.Range(0, keys.Count)], notes is null ? [] : [.. notes], 1);
    }

    /// <summary>Entities by their keys, to learn only how many of them the other side has.</summary>
    /// <param name="entities">Keys of each entity, at most <see cref="KeysOfEntity"/>; of a key that several entities have, only the first counts.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">An entity has too many keys.</exception>
    public static OverlapInput HowMany(IEnumerable<IReadOnlyList<OverlapKey>> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var seen = new Dictionary<OverlapKey, int>();
        var places = new List<int>();
        foreach (IReadOnlyList<OverlapKey> keys in entities)
        {
            if (keys.Count > KeysOfEntity)
                throw new ArgumentException($"An entity is counted by at most {KeysOfEntity} keys.", nameof(entities));
            for (int i = 0; i < KeysOfEntity; i++)
                places.Add(i < keys.Count && seen.TryAdd(keys[i], seen.Count) ? seen.Count - 1 : -1);
        }

        return new OverlapInput(Flat([.. seen.Keys]), [.. places], [], KeysOfEntity);
    }

    /// <summary>How many keys.</summary>
    public int Count => Keys.Length / OverlapKey.Size;

    /// <summary>The key at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/> less 1.</param>
    /// <returns>The key.</returns>
    public OverlapKey KeyAt(int place) => OverlapKey.Read(Keys.AsSpan(place * OverlapKey.Size, OverlapKey.Size));

    /// <summary>The note on the key at a place; 0 where there are none.</summary>
    /// <param name="place">0 to <see cref="Count"/> less 1.</param>
    /// <returns>The note.</returns>
    public byte NoteAt(int place) => Notes.Length == 0 ? (byte)0 : Notes[place];

    private static byte[] Flat(IReadOnlyList<OverlapKey> keys)
    {
        byte[] flat = new byte[keys.Count * OverlapKey.Size];
        for (int i = 0; i < keys.Count; i++)
            keys[i].Write(flat.AsSpan(i * OverlapKey.Size));
        return flat;
    }
}
