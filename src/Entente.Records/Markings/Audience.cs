using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>Who a record may be released to: anybody that the rest of its marking admits, or only nodes that are named. Immutable.</summary>
[JsonConverter(typeof(AudienceConverter))]
public sealed class Audience : IEquatable<Audience>
{
    private readonly ImmutableSortedSet<string>? _nodes;

    private Audience(ImmutableSortedSet<string>? nodes) => _nodes = nodes;

    /// <summary>Nobody is left out by name.</summary>
    public static Audience Anyone { get; } = new(null);

    /// <summary>Nobody.</summary>
    public static Audience Nobody { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    /// <summary>Only the nodes named.</summary>
    /// <param name="nodes">Ids of nodes; none is <see cref="Nobody"/>.</param>
    /// <returns>The audience.</returns>
    /// <exception cref="ArgumentException">An id is blank.</exception>
    public static Audience Of(IEnumerable<string> nodes)
    {
        var set = nodes.ToImmutableSortedSet(StringComparer.Ordinal);
        return set.Any(string.IsNullOrWhiteSpace) ? throw new ArgumentException("The id of a node is blank.", nameof(nodes)) : new Audience(set);
    }

    /// <summary>Whether nobody is left out by name.</summary>
    public bool IsAnyone => _nodes is null;

    /// <summary>The nodes named, sorted; empty for <see cref="Anyone"/> and <see cref="Nobody"/>.</summary>
    public IReadOnlyList<string> Nodes => _nodes ?? [];

    /// <summary>Whether a node belongs to it.</summary>
    /// <param name="node">The id of a node.</param>
    /// <returns>True for every node where it is <see cref="Anyone"/>.</returns>
    public bool Admits(string node) => _nodes is null || _nodes.Contains(node);

    /// <summary>Whether a node is named in it.</summary>
    /// <param name="node">The id of a node.</param>
    /// <returns>False where it is <see cref="Anyone"/>.</returns>
    public bool Names(string node) => _nodes is not null && _nodes.Contains(node);

    /// <summary>Those who belong to both.</summary>
    /// <param name="other">The other audience.</param>
    /// <returns>The intersection.</returns>
    public Audience Meet(Audience other) => _nodes is null ? other : other._nodes is null ? this : new Audience(_nodes.Intersect(other._nodes));

    /// <summary>Whether everybody in it is also in the other one.</summary>
    /// <param name="other">The other audience.</param>
    /// <returns>True for equal ones.</returns>
    public bool IsWithin(Audience other) => other._nodes is null || (_nodes is not null && _nodes.IsSubsetOf(other._nodes));

    /// <inheritdoc/>
    public bool Equals(Audience? other) => other is not null && IsWithin(other) && other.IsWithin(this);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Audience);

    /// <inheritdoc/>
    public override int GetHashCode() => _nodes is null ? 1 : _nodes.Aggregate(_nodes.Count, (hash, node) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(node)));

    /// <inheritdoc/>
    public override string ToString() => _nodes is null ? "anyone" : string.Join(", ", _nodes);
}
