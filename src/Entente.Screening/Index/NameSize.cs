using Entente.Names.Rarity;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>What a name is made of, as far as a bound on its weight needs to know.</summary>
/// <param name="Words">Words that are as rare as the commonest name at least, and no particle in other names.</param>
/// <param name="Initials">Single letters, each of which may stand for any word that begins so.</param>
internal readonly record struct NameSize(byte Words, byte Initials)
{
    /// <summary>How many classes of sizes there are: those without initials by their words, then those with.</summary>
    public const int Classes = 8;

    /// <summary>The class of names with initials.</summary>
    public const int WithInitials = Classes - 1;

    /// <summary>The class.</summary>
    public int Class => Initials > 0 ? WithInitials : Math.Min((int)Words, WithInitials - 1);

    /// <summary>The smallest name of a class that has no initials.</summary>
    public static NameSize LeastOf(int size) => new((byte)size, 0);

    /// <summary>The size of a name.</summary>
    /// <param name="parts">All its parts.</param>
    /// <param name="numbers">Which of them it is made of.</param>
    public static NameSize Of(Func<int, NamePart> parts, ReadOnlySpan<int> numbers)
    {
        int words = 0, initials = 0;
        foreach (int number in numbers)
        {
            NamePart part = parts(number);
            words += part.Role == TokenRole.Word && !part.MayBeParticle && part.Rarity >= RarityTable.Least ? 1 : 0;
            initials += part.Role == TokenRole.Initial ? 1 : 0;
        }

        return new NameSize((byte)words, (byte)initials);
    }
}
