using System.Numerics;

namespace Entente.Names.Sound;

/// <summary>The consonants of a word in eight coarse classes: what stays the same in every script.</summary>
/// <remarks>
/// <para>
/// Made by hand. Classes: P (b f p v), T (d t and the emphatics), S (s z), J (sh ch j zh),
/// K (g k q kh gh), M, N, L, R. Vowels, h, ayn, w and y leave no trace: scripts and habits
/// differ most on them. A unit that languages read differently (<c>g</c> in Jamal and Gamal,
/// ذ as d and z) has alternative classes, so a word may have several skeletons.
/// </para>
/// <para>A skeleton is packed four bits a class, the first class lowest, and is never 0 for a word with a consonant.</para>
/// </remarks>
internal static class Skeleton
{
    /// <summary>Classes kept of a word.</summary>
    public const int MaxLength = 12;

    /// <summary>Skeletons at most of one word.</summary>
    public const int MaxVariants = 6;

    /// <summary>A shorter skeleton has too little left without a class; one of just this length, with a class exchanged.</summary>
    public const int ShortestShortened = 3;

    private const string Classes = "PTSJKMNLR";

    // unit=class, its alternatives after it; '-' stands for 'no trace'. Units not named leave none.
    private const string Table =
        "b=P c=KSJ d=T f=P g=KJ j=J- k=K l=L m=M n=N p=P q=K r=R s=S t=T v=P- x=K z=ST " +
        "sh=J ch=JK- kh=K- gh=K- th=TS dh=TS ph=P zh=J ts=S tz=S dj=J dz=SJ ck=K qu=K cz=J sz=JS tch=J sch=J tsch=J dzh=J shch=J gn=N nh=N ng=N " +
        "s$=S- t$=T- n$=N x$=K- d$=T- eaux=- " +
        "ب=P ت=T ث=TS ج=JK خ=K- د=T ذ=TS ر=R ز=S س=S ش=J ص=S ض=TS ط=T ظ=ST غ=K- ف=P ق=K- ك=K ل=L م=M ن=N پ=P چ=J ژ=J گ=K ڤ=P- كس=K و=-P ^و=-P ة=-T " +
        "б=P в=P- г=K- д=T ж=J з=ST к=K л=L м=M н=N п=P р=R с=S т=T ф=P х=K- ^х=K- ц=S ч=J ш=J щ=J дж=JT дз=SJ кс=K " +
        "ב=P ג=KJ ד=T ו=-P ז=S ח=K- ט=T כ=K ל=L מ=M נ=N ס=S פ=P צ=S ק=K ר=R ש=JS ת=T";

    // By unit, the classes it may write, the likeliest first; 0 for none.
    private static readonly byte[][] Class = Build();

    private static byte[][] Build()
    {
        var table = new byte[SoundAlphabet.Count][];
        Array.Fill(table, [0]);
        foreach (string entry in Table.Split(' '))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            table[SoundAlphabet.Number(entry[..equals])] = [.. entry[(equals + 1)..].Select(c => (byte)(Classes.IndexOf(c, StringComparison.Ordinal) + 1))];
        }

        return table;
    }

    /// <summary>Whether two units may write one consonant class, or both write none.</summary>
    public static bool SameClass(byte a, byte b) => Class[a].AsSpan().ContainsAny(Class[b]);

    /// <summary>Whether a unit leaves no trace in a skeleton.</summary>
    public static bool IsSilent(byte unit) => Class[unit][0] == 0;

    /// <summary>The classes that occur in a word, a bit each, alternative ones included.</summary>
    public static ushort ClassesOf(ReadOnlySpan<byte> units)
    {
        int classes = 0;
        foreach (byte unit in units)
        {
            foreach (byte c in Class[unit])
                classes |= 1 << c;
        }

        // Bit 0 stands for 'no trace'.
        return (ushort)(classes & ~1);
    }

    /// <summary>The skeleton by main classes; 0 for a word without consonants.</summary>
    public static ulong Main(SpokenWord word) => word.Consonants;

    /// <summary>The same of units.</summary>
    public static ulong Main(ReadOnlySpan<byte> units)
    {
        ulong key = 0;
        int length = 0;
        foreach (byte unit in units)
        {
            byte c = Class[unit][0];
            if (c != 0 && length < MaxLength)
                key |= (ulong)c << (4 * length++);
        }

        return key;
    }

    /// <summary>All skeletons of a word, the main one first.</summary>
    /// <param name="word">The word.</param>
    /// <param name="into">Room for <see cref="MaxVariants"/>.</param>
    /// <returns>How many were written, without repeats.</returns>
    public static int Variants(SpokenWord word, Span<ulong> into)
    {
        into[0] = 0;
        int count = 1;
        Span<ulong> next = stackalloc ulong[MaxVariants];
        foreach (byte unit in word.Units)
        {
            byte[] classes = Class[unit];
            if (classes is [0])
                continue;
            int made = 0;
            foreach (byte c in classes)
            {
                for (int i = 0; i < count && made < MaxVariants; i++)
                    made = AddDistinct(next, made, Append(into[i], c));
            }

            count = made;
            next[..count].CopyTo(into);
        }

        return count;
    }

    /// <summary>All skeletons of a word, read by groups of letters and letter by letter.</summary>
    /// <param name="word">The word.</param>
    /// <param name="into">Room for twice <see cref="MaxVariants"/>.</param>
    /// <returns>How many were written.</returns>
    public static int Readings(SpokenWord word, Span<ulong> into)
    {
        int count = Variants(word, into);
        // The zh of Mazhari is one sound or two.
        return word.Spelled is null ? count : count + Variants(word.Spelled, into[count..]);
    }

    /// <summary>Whether two words may have the same consonants.</summary>
    public static bool AreOne(SpokenWord a, SpokenWord b) => AnyPair(a, b, static (p, q) => p == q);

    /// <summary>Whether two words may have the same consonants but for one, missing or exchanged, and enough others.</summary>
    /// <remarks>Just what an index can find by <see cref="Without"/>: a comparison that asks this loses nothing that way.</remarks>
    public static bool AreNear(SpokenWord a, SpokenWord b) => AnyPair(a, b, AreNear);

    private static bool AnyPair(SpokenWord a, SpokenWord b, Func<ulong, ulong, bool> holds)
    {
        // Mostly this decides.
        if (holds(a.Consonants, b.Consonants))
            return true;
        Span<ulong> ours = stackalloc ulong[2 * MaxVariants], theirs = stackalloc ulong[2 * MaxVariants];
        ours = ours[..Readings(a, ours)];
        theirs = theirs[..Readings(b, theirs)];
        foreach (ulong p in ours)
        {
            foreach (ulong q in theirs)
            {
                if (holds(p, q))
                    return true;
            }
        }

        return false;
    }

    private static bool AreNear(ulong p, ulong q)
    {
        ulong differing = p ^ q;
        if (differing == 0)
            return true;
        int ours = Length(p), theirs = Length(q), first = BitOperations.TrailingZeroCount(differing) / 4;
        if (ours != theirs)
            return Math.Abs(ours - theirs) == 1 && Math.Max(ours, theirs) >= ShortestShortened && (ours > theirs ? Without(p, first) == q : Without(q, first) == p);
        int last = (63 - BitOperations.LeadingZeroCount(differing)) / 4;
        return ours > ShortestShortened && (Without(p, first) == Without(q, last) || Without(p, last) == Without(q, first));
    }

    /// <summary>Number of classes in a skeleton.</summary>
    public static int Length(ulong skeleton) => skeleton == 0 ? 0 : (67 - BitOperations.LeadingZeroCount(skeleton)) / 4;

    /// <summary>A skeleton without its class at a place.</summary>
    public static ulong Without(ulong skeleton, int place)
    {
        ulong low = skeleton & ((1UL << (4 * place)) - 1);
        return low | (skeleton >> (4 * (place + 1)) << (4 * place));
    }

    private static ulong Append(ulong skeleton, byte c)
    {
        int length = Length(skeleton);
        return c == 0 || length >= MaxLength ? skeleton : skeleton | ((ulong)c << (4 * length));
    }

    private static int AddDistinct(Span<ulong> keys, int count, ulong key)
    {
        if (!keys[..count].Contains(key))
            keys[count++] = key;
        return count;
    }
}
