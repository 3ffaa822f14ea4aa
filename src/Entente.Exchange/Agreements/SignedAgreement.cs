using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Agreements;

/// <summary>An agreement that both parties signed: each the same bytes. Immutable; one that exists was checked.</summary>
public sealed class SignedAgreement
{
    private sealed record Json(string First, string Second);

    private SignedAgreement(Agreement terms, string first, string second)
    {
        Terms = terms;
        FirstSignature = first;
        SecondSignature = second;
    }

    /// <summary>What was agreed.</summary>
    public Agreement Terms { get; }

    /// <summary>Terms and signature of the first of <see cref="Agreement.Parties"/>.</summary>
    public string FirstSignature { get; }

    /// <summary>Terms and signature of the second of <see cref="Agreement.Parties"/>.</summary>
    public string SecondSignature { get; }

    /// <summary>Signs terms for one party: a proposal, or the answer to one.</summary>
    /// <param name="key">The party's current key.</param>
    /// <param name="terms">The terms.</param>
    /// <returns>The signed text.</returns>
    /// <exception cref="ArgumentException">The terms are not in order.</exception>
    public static string Sign(NodeKey key, Agreement terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Fault() is { } fault ? throw new ArgumentException(fault, nameof(terms)) : Jws.Sign(key, MessageType.Agreement, terms.ToCanonicalBytes());
    }

    /// <summary>Reads terms that one party signed.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="signer">Who is to have signed it.</param>
    /// <param name="now">The time.</param>
    /// <returns>The terms; the signer is one of the parties.</returns>
    /// <exception cref="RefusedException">The signature does not hold, or the terms are not in order.</exception>
    public static Agreement ReadProposal(string text, NodeIdentity signer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var (payload, key) = signer.Open(text, MessageType.Agreement);
        var terms = Agreement.Read(payload);
        NodeIdentity.RequireCovered(key, Claims.Made(terms.Proposed.ToUnixTimeSeconds(), now, "agreement"), MessageType.Agreement);
        return terms.Parties.Contains(signer.Id) ? terms : throw new RefusedException(Refusal.WrongIssuer, "The agreement is signed by a node that is no party to it.");
    }

    /// <summary>Puts the signatures of both parties together.</summary>
    /// <param name="oneText">What one party signed.</param>
    /// <param name="one">The party.</param>
    /// <param name="otherText">What the other party signed.</param>
    /// <param name="other">The other party.</param>
    /// <param name="now">The time.</param>
    /// <returns>The agreement.</returns>
    /// <exception cref="RefusedException">A signature does not hold, or they signed different terms.</exception>
    public static SignedAgreement Join(string oneText, NodeIdentity one, string otherText, NodeIdentity other, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var terms = ReadProposal(oneText, one, now);
        if (!terms.Equals(ReadProposal(otherText, other, now)))
            throw new RefusedException(Refusal.Inconsistent, "The two parties signed different terms.");
        if (!terms.IsBetween(one.Id, other.Id))
            throw new RefusedException(Refusal.WrongIssuer, "The agreement is signed twice by one party.");
        return terms.Parties[0] == one.Id ? new SignedAgreement(terms, oneText, otherText) : new SignedAgreement(terms, otherText, oneText);
    }

    /// <summary>Reads what <see cref="ToText"/> gave, and checks both signatures.</summary>
    /// <param name="text">The text.</param>
    /// <param name="one">A party.</param>
    /// <param name="other">The other party.</param>
    /// <param name="now">The time.</param>
    /// <returns>The agreement.</returns>
    /// <exception cref="RefusedException">It is no agreement between these two, or a signature does not hold.</exception>
    public static SignedAgreement Parse(string text, NodeIdentity one, NodeIdentity other, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (text.Length > 3 * MessageType.Agreement.MaxLength)
            throw new RefusedException(Refusal.TooLarge, $"The agreement is {text.Length} characters long.");
        var json = StrictJson.Read<Json>(System.Text.Encoding.UTF8.GetBytes(text), "agreement");
        var (first, second) = string.CompareOrdinal(one.Id, other.Id) < 0 ? (one, other) : (other, one);
        return Join(json.First, first, json.Second, second, now);
    }

    /// <summary>Both signatures as one text, to keep and to show.</summary>
    /// <returns>JSON.</returns>
    public string ToText() => System.Text.Encoding.UTF8.GetString(StrictJson.Write(new Json(FirstSignature, SecondSignature)));
}
