using System.Numerics;
using Entente.Names.Comparison;
using Entente.Names.Rarity;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>The most that a name can weigh, by what it has in common with a query.</summary>
/// <remarks>
/// Never less than what <see cref="NameComparer"/> finds, as long as all that agrees was added up: each step here takes away no
/// more than it does there. Kept from query to query. Not thread-safe.
/// </remarks>
internal sealed class WeightBound
{
    /// <summary>In a mask of the query's parts: a part agrees with two neighbours, which are two words the less to miss.</summary>
    public const ulong Neighbours = 1UL << 63;

    private const int SlotBits = 5;

    // What an initial that fits adds.
    private const float InitialBits = 3.5f;

    private readonly float[] _losses = new float[Name.MaxParts];
    private readonly float[] _rarities = new float[Name.MaxParts];
    private NameWeights _weights = NameWeights.Person;
    private bool _person;
    private int _initials;
    private ulong _words;
    private ulong _ownWords;
    private ulong _losing;
    private float _unsearched;

    // What the query's side says, which is the same for all names that agree in the same parts; where the round is another, nothing.
    private readonly (ulong Mask, int Round, Share Share)[] _shares = new (ulong, int, Share)[1 << SlotBits];
    private int _round;

    /// <summary>Takes up another query.</summary>
    public void Begin(Name query)
    {
        _weights = NameWeights.For(query.Kind);
        _person = query.Kind == NameKind.Person;
        _initials = 0;
        _unsearched = 0;
        (_words, _ownWords, _losing) = (0, 0, 0);
        for (int i = 0; i < query.Parts.Length; i++)
        {
            NamePart part = query.Parts[i];
            ulong bit = 1UL << i;
            _words |= part.IsName ? bit : 0;
            // Particles are not looked for, and agree all the same.
            _unsearched += part.MayBeParticle ? NameReader.PersonalParticleBits : part.IsSearched ? 0 : part.Rarity;
            if (part.Role == TokenRole.Initial)
            {
                _initials++;
                continue;
            }

            if ((_losses[i] = _weights.Missing(part)) > 0 && !part.MayBeParticle)
                _losing |= bit;
            _rarities[i] = part.Role is TokenRole.Word or TokenRole.Generic or TokenRole.Number ? part.Rarity : 0;
            _ownWords |= part.Role is TokenRole.Word or TokenRole.Number ? bit : 0;
        }

        _round++;
    }

    /// <summary>The most that a name can weigh.</summary>
    /// <param name="bits">Sum of its agreements, the best for each part of the query.</param>
    /// <param name="mask">Parts of the query that agree, and <see cref="Neighbours"/>.</param>
    /// <param name="size">What the listed name is made of.</param>
    public float Of(float bits, ulong mask, NameSize size)
    {
        ref (ulong Mask, int Round, Share Share) known = ref _shares[(int)(mask * 0x9E3779B97F4A7C15UL >> (64 - SlotBits))];
        if (known.Mask != mask || known.Round != _round)
            known = (mask, _round, ShareOf(mask));
        ref readonly Share share = ref known.Share;
        int lacking = Math.Max(0, size.Words - share.Covered);
        if (share.Left <= size.Initials && lacking == 0)
            return float.PositiveInfinity;

        // Initials on either side may stand for words on the other.
        float bound = bits + (Math.Min(share.Left, size.Initials) * (InitialBits + share.MostMissing)) - share.Lost - (lacking * _weights.Word * RarityTable.Least);
        if (size.Initials == 0)
            bound -= _weights.Contradiction * Math.Min(share.Rarity, RarityTable.Least * lacking);
        return bound;
    }

    private Share ShareOf(ulong mask)
    {
        float lost = -(InitialBits * _initials) - _unsearched, rarity = 0, mostMissing = 0;
        ulong left = _losing & ~mask;
        for (ulong rest = left; rest != 0; rest &= rest - 1)
        {
            int i = BitOperations.TrailingZeroCount(rest);
            lost += _losses[i];
            mostMissing = Math.Max(mostMissing, _losses[i]);
            rarity += _rarities[i];
        }

        int agreeing = BitOperations.PopCount(mask & _words);
        if (agreeing <= 1)
            lost += _person || (left & _ownWords) != 0 ? _weights.OneWordInCommon : _weights.OneOwnWordInCommon;
        else if (agreeing == 2)
            lost += _weights.TwoWordsInCommon;
        int covered = (BitOperations.PopCount(mask & ~Neighbours) * ((mask & Neighbours) == 0 ? 1 : 2)) + _initials;
        return new Share(lost, rarity, mostMissing, BitOperations.PopCount(left), covered);
    }

    /// <summary>What the query's side says of the names that agree in some of its parts.</summary>
    /// <param name="Lost">Bits lost in any case.</param>
    /// <param name="Rarity">Bits of the parts that are left.</param>
    /// <param name="MostMissing">The most that one of them loses.</param>
    /// <param name="Left">How many they are.</param>
    /// <param name="Covered">Words of the name that agree, at most.</param>
    private readonly record struct Share(float Lost, float Rarity, float MostMissing, int Left, int Covered);
}
