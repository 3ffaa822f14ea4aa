using Entente.Exchange.Signing;

namespace Entente.Exchange.Identity;

/// <summary>One key of a node takes the place of another: said, and signed, by both. Immutable.</summary>
public sealed class KeyRotation
{
    private sealed record Terms(
        string Node, int Number, string From,
        string To, long At, bool Compromised);

    /// <summary>The rotation as it stands in a card: the same terms, signed by either key.</summary>
    internal sealed record Signed(string Old, string New);

    private KeyRotation(Signed text, Terms terms, NodePublicKey from, NodePublicKey to, DateTimeOffset at)
    {
        Text = text;
        Number = terms.Number;
        From = from;
        To = to;
        At = at;
        Compromised = terms.Compromised;
    }

    /// <summary>1 for the first rotation of the node, then counted up.</summary>
    public int Number { get; }

    /// <summary>The key given up.</summary>
    public NodePublicKey From { get; }

    /// <summary>The key that takes its place.</summary>
    public NodePublicKey To { get; }

    /// <summary>When; whole seconds.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whether somebody else may have the key given up.</summary>
    public bool Compromised { get; }

    internal Signed Text { get; }

    internal static KeyRotation Make(string node, int number, NodeKey from, NodeKey to, DateTimeOffset at, bool compromised)
    {
        var terms = new Terms(node, number, from.PublicKey.ToText(), to.PublicKey.ToText(), at.ToUnixTimeSeconds(), compromised);
        var payload = StrictJson.Write(terms);
        var text = new Signed(Jws.Sign(from, MessageType.Rotation, payload), Jws.Sign(to, MessageType.Rotation, payload));
        return new KeyRotation(text, terms, from.PublicKey, to.PublicKey, Claims.Time(terms.At, "rotation"));
    }

    internal static KeyRotation Verify(Signed text, string node, int number, NodePublicKey from)
    {
        var payload = Jws.Verify(text.Old, MessageType.Rotation, from);
        var terms = StrictJson.Read<Terms>(payload, "rotation");
        if (terms.Node != node || terms.Number != number || terms.From != from.ToText())
            throw new RefusedException(Refusal.Inconsistent, $"Rotation {number} of the node does not follow from the key before it.");
        var to = NodePublicKey.Parse(terms.To);
        if (!Jws.Verify(text.New, MessageType.Rotation, to).AsSpan().SequenceEqual(payload))
            throw new RefusedException(Refusal.Inconsistent, $"Rotation {number} of the node: the old and the new key signed different terms.");
        return new KeyRotation(text, terms, from, to, Claims.Time(terms.At, "rotation"));
    }

    /// <summary>The old key that a rotation claims, before anything is known about its signatures.</summary>
    internal static string ClaimedFrom(Signed text) => StrictJson.Read<Terms>(Jws.ClaimedPayload(text.Old, MessageType.Rotation), "rotation").From;

    internal bool IsSameAs(KeyRotation other) =>
        Number == other.Number && From.Equals(other.From) && To.Equals(other.To) && At == other.At && Compromised == other.Compromised;
}
