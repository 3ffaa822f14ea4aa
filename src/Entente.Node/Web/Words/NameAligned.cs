using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Web.Words;

/// <summary>Two names token by token, and which tokens the evidence joins.</summary>
/// <param name="Query">The tokens of what was asked, in the order written.</param>
/// <param name="Listed">The tokens of the listed name.</param>
/// <param name="Pairs">Those that agree.</param>
/// <param name="Against">Those that stand against each other.</param>
public sealed record NameAligned(IReadOnlyList<AlignedToken> Query, IReadOnlyList<AlignedToken> Listed, IReadOnlyList<NamePair> Pairs, IReadOnlyList<NamePair> Against)
{
    /// <summary>Takes names apart as the engine does, and joins their tokens by its evidence.</summary>
    /// <param name="query">The name that was asked.</param>
    /// <param name="listed">The listed name that agreed best.</param>
    /// <param name="schema">The schema of the listed entity, which says how names are read.</param>
    /// <param name="evidence">The evidence of the match.</param>
    public static NameAligned Of(string query, string listed, string schema, IEnumerable<Evidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var kind = Schemata.IsA(schema, "Person") ? NameKind.Person : Schemata.IsA(schema, "Vehicle") ? NameKind.Thing : NameKind.Organisation;
        var asked = new Side(query, kind);
        var known = new Side(listed, kind);
        var pairs = new List<NamePair>();
        var against = new List<NamePair>();
        foreach (var item in evidence)
        {
            if (item is not { QueryValue: { } a, ListedValue: { } b } || (item.Feature != "name" && Schemata.TypeOf(schema, item.Feature) != "name"))
                continue;
            var (left, right) = (asked.Take(a), known.Take(b));
            if (left.Count > 0 && right.Count > 0)
                (item.Weight > 0 ? pairs : against).Add(new NamePair(left, right, item.Weight, item.Explanation));
        }
        return new NameAligned(asked.Tokens, known.Tokens, pairs, against);
    }

    /// <summary>The tokens of one name, each joined at most once.</summary>
    private sealed class Side(string text, NameKind kind)
    {
        private readonly HashSet<int> _taken = [];

        public IReadOnlyList<AlignedToken> Tokens { get; } = [.. Name.Parse(text, kind).Tokens.Select(token => new AlignedToken(token.Text, token.Part.Role is not (TokenRole.Particle or TokenRole.Title)))];

        public List<int> Take(string value)
        {
            if (value == text)
                return [.. Enumerable.Range(0, Tokens.Count)];
            if (First(value) is >= 0 and var whole)
                return Taken([whole]);
            // Several tokens as one: 'abd' and 'al-rahim' against 'abdurrahim'.
            var parts = new List<int>();
            var rest = value;
            for (var i = 0; i < Tokens.Count && rest.Length > 0; i++)
            {
                if (_taken.Contains(i) || !rest.StartsWith(Tokens[i].Text, StringComparison.Ordinal))
                    continue;
                parts.Add(i);
                rest = rest[Tokens[i].Text.Length..].TrimStart(' ');
            }
            return rest.Length == 0 ? Taken(parts) : [];
        }

        private int First(string value)
        {
            for (var i = 0; i < Tokens.Count; i++)
            {
                if (!_taken.Contains(i) && Tokens[i].Text == value)
                    return i;
            }
            return -1;
        }

        private List<int> Taken(List<int> parts)
        {
            _taken.UnionWith(parts);
            return parts;
        }
    }
}

/// <summary>One part of a name as it was written.</summary>
/// <param name="Text">The text.</param>
/// <param name="Weighs">Whether it says who somebody is, unlike a particle or a title.</param>
public sealed record AlignedToken(string Text, bool Weighs);

/// <summary>Tokens on both sides that the evidence joins.</summary>
/// <param name="Query">Places of the tokens of what was asked.</param>
/// <param name="Listed">Places of the tokens of the listed name.</param>
/// <param name="Bits">The weight.</param>
/// <param name="Explanation">In the engine's words.</param>
public sealed record NamePair(IReadOnlyList<int> Query, IReadOnlyList<int> Listed, double Bits, string Explanation);
