namespace Entente.Exchange.Signing;

/// <summary>Why something that came from outside was not taken.</summary>
public enum Refusal
{
    /// <summary>It is not of the form that was expected.</summary>
    Malformed = 0,

    /// <summary>It is larger, or holds more parts, than is read.</summary>
    TooLarge,

    /// <summary>It is a message of another kind.</summary>
    WrongKind,

    /// <summary>It is signed by an algorithm other than ES256, or by none.</summary>
    WrongAlgorithm,

    /// <summary>It is signed by a key that its issuer does not have.</summary>
    UnknownKey,

    /// <summary>It is signed by a key that its issuer had given up by then, or given up as compromised.</summary>
    RetiredKey,

    /// <summary>The signature is not of this text.</summary>
    BadSignature,

    /// <summary>It comes from somebody else than was expected.</summary>
    WrongIssuer,

    /// <summary>It was made for somebody else.</summary>
    WrongAudience,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It says that it was made long after now.</summary>
    FromTheFuture,

    /// <summary>What it says contradicts itself, or what it is about.</summary>
    Inconsistent,
}
