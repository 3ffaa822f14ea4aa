namespace Entente.Node.Access;

/// <summary>Who acts: what the audit trail names.</summary>
/// <param name="Id"><c>account:ID</c>, <c>key:ID</c> or <c>system:PART</c>. It names nobody outside this node, so that it may stay in the trail when personal data is erased.</param>
/// <param name="AccountId">The account that acts, itself or by its key; null for the node itself.</param>
/// <param name="Rights">What it may do.</param>
public sealed record Actor(string Id, string? AccountId, IReadOnlySet<Right> Rights)
{
    /// <summary>The node itself, at work without a person.</summary>
    /// <param name="part">Which part of it, such as <c>monitor</c>.</param>
    public static Actor System(string part) => new($"system:{part}", null, new HashSet<Right>());

    /// <summary>Whether it may.</summary>
    /// <param name="right">What is asked for.</param>
    public bool May(Right right) => Rights.Contains(right);
}
