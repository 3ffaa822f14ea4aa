using System.Collections.Immutable;

namespace Entente.Names.Structure;

/// <summary>A name read into its parts: made once, compared often.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class Name
{
    /// <summary>Parts that comparison looks at: the bits of a mask. What follows is ignored.</summary>
    internal const int MaxParts = 64;

    /// <summary>The name as it was given.</summary>
    public string Original { get; }

    /// <summary>How it was read.</summary>
    public NameKind Kind { get; }

    /// <summary>The parts in the order written, particles and titles included.</summary>
    public ImmutableArray<NameToken> Tokens { get; }

    /// <summary>What the parts are, in the same order: what comparison works on.</summary>
    internal NamePart[] Parts { get; }

    /// <summary>Whether there is anything to compare: at least one word, not titles, digits or signs alone.</summary>
    public bool IsComparable { get; }

    internal Name(string original, NameKind kind, ImmutableArray<NameToken> tokens)
    {
        Original = original;
        Kind = kind;
        Tokens = tokens;
        Parts = new NamePart[Math.Min(tokens.Length, MaxParts)];
        for (int i = 0; i < Parts.Length; i++)
        {
            Parts[i] = tokens[i].Part;
            IsComparable |= Parts[i].IsName;
        }
    }

    /// <summary>Reads a name. Any text is accepted; see <see cref="IsComparable"/>.</summary>
    /// <param name="text">A name in any script; of very long text only the first 2,000 characters and 64 words are read.</param>
    /// <param name="kind">What bears it.</param>
    /// <returns>The name in parts, none where the text holds no letter or digit.</returns>
    public static Name Parse(string text, NameKind kind) => NameReader.Passing.Read(text, kind);

    /// <inheritdoc/>
    public override string ToString() => Original;
}
