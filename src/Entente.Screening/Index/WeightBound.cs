using System.Numerics;
using Entente.Names.Comparison;
using Entente.Names.Rarity;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>The most that a name can weigh, by what it has in common with a query.</summary>
/// <remarks>Never less than what <see cref="NameComparer"/> finds, as long as all that agrees was added up: each step here takes away no more than it does there.</remarks>
internal readonly ref struct WeightBound
{
    /// <summary>In a mask of the query's parts: a part agrees with two neighbours, which are two words the less to miss.</summary>
    public const ulong Neighbours = 1UL << 63;

    // What an initial that fits adds.
    private const float InitialBits = 3.5f;

    private readonly ReadOnlySpan<NamePart> _query;
    private readonly NameWeights _weights;
    private readonly bool _person;
    private readonly int _initials;
    private readonly ulong _words;
    private readonly float _unsearched;

    /// <summary>Bounds for one query.</summary>
    public WeightBound(Name query)
    {
        _query = query.Parts;
        _weights = NameWeights.For(query.Kind);
        _person = query.Kind == NameKind.Person;
        for (int i = 0; i < _query.Length; i++)
        {
            _initials += _query[i].Role == TokenRole.Initial ? 1 : 0;
            _words |= _query[i].IsName ? 1UL << i : 0;
            // Particles are not looked for, and agree all the same.
            _unsearched += _query[i].Role is TokenRole.Particle or TokenRole.LegalForm ? _query[i].Rarity : 0;
        }
    }

    /// <summary>The most that a name can weigh.</summary>
    /// <param name="bits">Sum of its agreements, the best for each part of the query.</param>
    /// <param name="mask">Parts of the query that agree, and <see cref="Neighbours"/>.</param>
    /// <param name="size">What the listed name is made of.</param>
    public float Of(float bits, ulong mask, NameSize size)
    {
        float missing = 0, rarity = 0, mostMissing = 0;
        int left = 0;
        bool ownWord = false;
        for (int i = 0; i < _query.Length; i++)
        {
            NamePart part = _query[i];
            if ((mask >> i & 1) != 0 || part.Role == TokenRole.Initial || _weights.Missing(part) is not (> 0 and float loss))
                continue;
            left++;
            missing += loss;
            mostMissing = Math.Max(mostMissing, loss);
            if (part.Role is TokenRole.Word or TokenRole.Generic or TokenRole.Number)
                rarity += part.Rarity;
            ownWord |= part.Role is TokenRole.Word or TokenRole.Number;
        }

        int agreeing = BitOperations.PopCount(mask & _words);
        int covered = (BitOperations.PopCount(mask & ~Neighbours) * ((mask & Neighbours) == 0 ? 1 : 2)) + _initials;
        int lacking = Math.Max(0, size.Words - covered);
        if (left <= size.Initials && lacking == 0)
            return float.PositiveInfinity;

        // Initials on either side may stand for words on the other.
        float bound = bits + _unsearched + (InitialBits * _initials) + (Math.Min(left, size.Initials) * (InitialBits + mostMissing)) - missing - (lacking * _weights.Word * RarityTable.Least);
        if (size.Initials == 0)
            bound -= _weights.Contradiction * Math.Min(rarity, RarityTable.Least * lacking);
        if (agreeing <= 1)
            bound -= _person || ownWord ? _weights.OneWordInCommon : _weights.OneOwnWordInCommon;
        else if (agreeing == 2)
            bound -= _weights.TwoWordsInCommon;
        return bound;
    }
}
