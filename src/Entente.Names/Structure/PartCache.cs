namespace Entente.Names.Structure;

/// <summary>Parts of names met lately, so that what is costly to find out about them is found out once.</summary>
/// <remarks>
/// A few slots for each hash, where the newest part takes the place of the oldest: bounded, without locks, safe for any
/// number of threads. What a part is depends on nothing but its key, so which thread put it there makes no difference.
/// </remarks>
internal sealed class PartCache
{
    private const int Slots = 1 << 16;

    // With one slot a hash, parts of a few thousand names already drive each other out, and all that hangs on their identity; with
    // four some still do, whenever they are asked for again.
    private const int Ways = 8;

    /// <summary>The cache for names that are read and not kept.</summary>
    public static PartCache Shared { get; } = new();

    private readonly NamePart?[] _parts = new NamePart?[Slots];

    /// <summary>The part, if it was met lately; else null.</summary>
    public NamePart? Find(string folded, TokenRole role, string? concept, float bits, bool romanised)
    {
        foreach (NamePart? part in SetOf(folded, role))
        {
            if (part is null)
                return null;
            if (part.Role == role && part.Folded == folded && part.Concept == concept && part.GivenBits == bits && part.IsRomanised == romanised)
                return part;
        }

        return null;
    }

    /// <summary>Remembers a part.</summary>
    public void Add(NamePart part)
    {
        Span<NamePart?> set = SetOf(part.Folded, part.Role);
        // Two threads at once may lose a part or keep one twice: no more than the work of finding it again.
        set[..^1].CopyTo(set[1..]);
        set[0] = part;
    }

    private Span<NamePart?> SetOf(string folded, TokenRole role) =>
        _parts.AsSpan((folded.GetHashCode(StringComparison.Ordinal) ^ ((int)role * 0x61C88647)) & (Slots - Ways), Ways);
}
