namespace Entente.Exchange.Signing;

/// <summary>A kind of signed message. Each has a <c>typ</c> of its own under the signature, so that none can pass as another (RFC 8725, section 3.11).</summary>
public sealed class MessageType
{
    private const int Kibi = 1024;

    /// <summary>A new kind; its name must be no other kind's.</summary>
    /// <param name="name">The value of <c>typ</c>.</param>
    /// <param name="maxLength">The longest text accepted, in characters.</param>
    internal MessageType(string name, int maxLength)
    {
        Name = name;
        MaxLength = maxLength;
    }

    /// <summary>What a node says about itself.</summary>
    public static MessageType Card { get; } = new("entente-node+jws", 256 * Kibi);

    /// <summary>One key takes the place of another.</summary>
    public static MessageType Rotation { get; } = new("entente-rotation+jws", 4 * Kibi);

    /// <summary>An agreement.</summary>
    public static MessageType Agreement { get; } = new("entente-agreement+jws", 64 * Kibi);

    /// <summary>A record; the issuer's part of an SD-JWT, without disclosures.</summary>
    public static MessageType Record { get; } = new("entente-record+sd-jwt", 512 * Kibi);

    /// <summary>A record is recalled.</summary>
    public static MessageType Recall { get; } = new("entente-recall+jws", 8 * Kibi);

    /// <summary>A record's marking is tightened.</summary>
    public static MessageType Tighten { get; } = new("entente-tighten+jws", 128 * Kibi);

    /// <summary>What became of a record or a notice.</summary>
    public static MessageType Receipt { get; } = new("entente-receipt+jws", 8 * Kibi);

    /// <summary>The value of <c>typ</c> in the header.</summary>
    public string Name { get; }

    /// <summary>The longest text accepted, in characters.</summary>
    public int MaxLength { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
