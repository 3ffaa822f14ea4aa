using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Remembers how far the parts of one query agree with tokens met before.</summary>
/// <remarks>Listed names share tokens; each distinct one is compared once a query. Not thread-safe: one a query.</remarks>
internal sealed class AgreementMemo(Name query)
{
    private readonly Dictionary<NamePart, Agreement>[] _known =
        [.. query.Tokens.Select(_ => new Dictionary<NamePart, Agreement>(ReferenceEqualityComparer.Instance))];

    /// <summary>How far part <paramref name="at"/> of the query agrees with a token.</summary>
    public Agreement Compare(int at, NamePart part)
    {
        if (!_known[at].TryGetValue(part, out Agreement agreement))
            _known[at][part] = agreement = TokenComparison.Compare(query.Tokens[at].Part, part);
        return agreement;
    }

    /// <summary>Puts in an agreement computed elsewhere.</summary>
    public void Remember(int at, NamePart part, Agreement agreement) => _known[at][part] = agreement;
}
