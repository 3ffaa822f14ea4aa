namespace Entente.Names.Structure;

/// <summary>Parts of names met lately, so that what is costly to find out about them is found out once.</summary>
/// <remarks>
/// A slot for each hash, where the newer part takes the place of the older: bounded, without locks, safe for any number
/// of threads. What a part is depends on nothing but its key, so which thread put it there makes no difference.
/// </remarks>
internal sealed class PartCache
{
    private const int Slots = 1 << 16;

    /// <summary>The cache for names that are read and not kept.</summary>
    public static PartCache Shared { get; } = new();

    private readonly NamePart?[] _parts = new NamePart?[Slots];

    /// <summary>The part, if it was met lately; else null.</summary>
    public NamePart? Find(string folded, TokenRole role, string? concept, float bits, bool romanised) =>
        _parts[SlotOf(folded, role)] is { } part && part.Role == role && part.Folded == folded && part.Concept == concept && part.GivenBits == bits && part.IsRomanised == romanised ? part : null;

    /// <summary>Remembers a part.</summary>
    public void Add(NamePart part) => _parts[SlotOf(part.Folded, part.Role)] = part;

    private static int SlotOf(string folded, TokenRole role) => (folded.GetHashCode(StringComparison.Ordinal) ^ ((int)role * 0x61C88647)) & (Slots - 1);
}
