using System.Text.Json.Serialization;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Messages;

/// <summary>What became of a record or a notice at its receiver.</summary>
[JsonConverter(typeof(ReceiptOutcomeConverter))]
public enum ReceiptOutcome
{
    /// <summary>Not said: no such receipt is made or read.</summary>
    None = 0,

    /// <summary>The record is kept.</summary>
    Stored,

    /// <summary>What the notice asks was done.</summary>
    Complied,

    /// <summary>It was not taken, or not done; the reason says why.</summary>
    Refused,
}

/// <summary>An outcome as its name in lower case.</summary>
internal sealed class ReceiptOutcomeConverter() : LowerCaseConverter<ReceiptOutcome>(ReceiptOutcome.None);

/// <summary>A receiver says, signed, what became of a record or a notice. The sender keeps it as proof, and passes receipts for onward copies on to the originator. Immutable; one that exists was checked or made here.</summary>
public sealed class Receipt
{
    private const string What = "receipt";
    private const int MaxReason = 500;

    private sealed record Payload(string Iss, string Aud, string Record, int Version, string About, ReceiptOutcome Outcome, long Iat, string? Reason = null);

    private Receipt(string text, Payload payload, DateTimeOffset signedAt)
    {
        Text = text;
        Receiver = payload.Iss;
        Sender = payload.Aud;
        Record = payload.Record;
        Version = payload.Version;
        About = payload.About;
        Outcome = payload.Outcome;
        Reason = payload.Reason;
        SignedAt = signedAt;
    }

    /// <summary>The signed text.</summary>
    public string Text { get; }

    /// <summary>The node that received and signed.</summary>
    public string Receiver { get; }

    /// <summary>The node that it received from, for which the receipt was made.</summary>
    public string Sender { get; }

    /// <summary>The id of the record.</summary>
    public string Record { get; }

    /// <summary>The version of the record.</summary>
    public int Version { get; }

    /// <summary>The hash of what it is about: of the record's version where it was stored or not taken, of the notice where it is about one.</summary>
    public string About { get; }

    /// <summary>What became of it.</summary>
    public ReceiptOutcome Outcome { get; }

    /// <summary>Why it was refused; null for the other outcomes.</summary>
    public string? Reason { get; }

    /// <summary>When it was signed; whole seconds.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>Signs a receipt.</summary>
    /// <param name="key">The receiver's current key.</param>
    /// <param name="receiver">The receiver.</param>
    /// <param name="sender">The node it received from.</param>
    /// <param name="record">The id of the record.</param>
    /// <param name="version">The version of the record.</param>
    /// <param name="about">The hash of what it is about.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="reason">Why it was refused, 1 to 500 characters; null for the other outcomes.</param>
    /// <param name="now">The time.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ArgumentException">A value is not as said.</exception>
    public static Receipt Sign(NodeKey key, string receiver, string sender, string record, int version, string about, ReceiptOutcome outcome, string? reason, DateTimeOffset now)
    {
        var payload = new Payload(receiver, sender, record, version, about, outcome, now.ToUnixTimeSeconds(), reason);
        if (FaultOf(payload) is { } fault)
            throw new ArgumentException(fault);
        return new Receipt(Jws.Sign(key, MessageType.Receipt, StrictJson.Write(payload)), payload, Claims.Time(payload.Iat, What));
    }

    /// <summary>Reads a receipt and checks its signature.</summary>
    /// <param name="text">The text, from whomever it came.</param>
    /// <param name="receiver">Who is to have signed it.</param>
    /// <param name="sender">The id of the node it was made for: this one; for a receipt of an onward copy, the node that passed the copy on.</param>
    /// <param name="now">The time.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RefusedException">It does not hold, or was made for another node.</exception>
    public static Receipt Verify(string text, NodeIdentity receiver, string sender, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentException.ThrowIfNullOrWhiteSpace(sender);
        var (bytes, key) = receiver.Open(text, MessageType.Receipt);
        var payload = StrictJson.Read<Payload>(bytes, What);
        Claims.Issuer(payload.Iss, receiver.Id, What);
        Claims.Audience(payload.Aud, sender, What);
        var made = Claims.Made(payload.Iat, now, What);
        NodeIdentity.RequireCovered(key, made, MessageType.Receipt);
        return FaultOf(payload) is { } fault ? throw new RefusedException(Refusal.Malformed, fault) : new Receipt(text, payload, made);
    }

    /// <summary>Who claims to have signed a receipt, to look up its identity. Not checked.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An id.</returns>
    /// <exception cref="RefusedException">It is not of the form expected.</exception>
    public static string ClaimedReceiver(string text) => StrictJson.Read<Payload>(Jws.ClaimedPayload(text, MessageType.Receipt), What).Iss;

    private static string? FaultOf(Payload payload) => NoticeFault.Of(payload.Iss, payload.Record, payload.Version, payload.About) ?? payload switch
    {
        _ when !NodeId.IsValid(payload.Aud) => "aud: expected the id of a node.",
        { Outcome: ReceiptOutcome.None } => "outcome: expected stored, complied or refused.",
        { Outcome: ReceiptOutcome.Refused } => payload.Reason is { Length: > 0 and <= MaxReason } ? null : $"reason: expected why it was refused, in up to {MaxReason} characters.",
        _ => payload.Reason is null ? null : "reason: only what is refused has one.",
    };
}
