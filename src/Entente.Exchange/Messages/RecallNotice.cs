using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Messages;

/// <summary>The originator takes a record back: all versions up to one. It holds wherever the record went, and whoever passed the record on passes this on. Immutable; one that exists was checked or made here.</summary>
/// <remarks>It is addressed to nobody, since the originator need not know who holds a copy; to show it again later does no harm, since a later version of the record is not covered.</remarks>
public sealed class RecallNotice
{
    private const string What = "recall";
    private const int MaxReason = 500;

    private sealed record Payload(string Iss, string Record, int Version, string About, string Reason, long Iat);

    private RecallNotice(string text, Payload payload, DateTimeOffset signedAt)
    {
        Text = text;
        Originator = payload.Iss;
        Record = payload.Record;
        Version = payload.Version;
        About = payload.About;
        Reason = payload.Reason;
        SignedAt = signedAt;
        Hash = Jws.HashOf(text);
    }

    /// <summary>The signed text.</summary>
    public string Text { get; }

    /// <summary>The name of this notice, to which receipts refer: 43 letters.</summary>
    public string Hash { get; }

    /// <summary>The node that takes the record back.</summary>
    public string Originator { get; }

    /// <summary>The id of the record.</summary>
    public string Record { get; }

    /// <summary>The last version that is taken back; those before it are too.</summary>
    public int Version { get; }

    /// <summary><see cref="Release.SignedRecord.Hash"/> of that version.</summary>
    public string About { get; }

    /// <summary>Why, for people; may be empty.</summary>
    public string Reason { get; }

    /// <summary>When it was signed; whole seconds.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>Signs a notice.</summary>
    /// <param name="key">The originator's current key.</param>
    /// <param name="originator">The originator.</param>
    /// <param name="record">The id of the record.</param>
    /// <param name="version">The last version that is taken back.</param>
    /// <param name="about"><see cref="Release.SignedRecord.Hash"/> of that version.</param>
    /// <param name="reason">Why, for people; up to 500 characters, may be empty.</param>
    /// <param name="now">The time.</param>
    /// <returns>The notice.</returns>
    /// <exception cref="ArgumentException">A value is not as said.</exception>
    public static RecallNotice Sign(NodeKey key, string originator, string record, int version, string about, string reason, DateTimeOffset now)
    {
        var payload = new Payload(originator, record, version, about, reason, now.ToUnixTimeSeconds());
        if (FaultOf(payload) is { } fault)
            throw new ArgumentException(fault);
        return new RecallNotice(Jws.Sign(key, MessageType.Recall, StrictJson.Write(payload)), payload, Claims.Time(payload.Iat, What));
    }

    /// <summary>Reads a notice and checks its signature.</summary>
    /// <param name="text">The text, from whomever it came.</param>
    /// <param name="originator">The originator of the record that is held.</param>
    /// <param name="now">The time.</param>
    /// <returns>The notice.</returns>
    /// <exception cref="RefusedException">It does not hold.</exception>
    public static RecallNotice Verify(string text, NodeIdentity originator, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(originator);
        var (bytes, key) = originator.Open(text, MessageType.Recall);
        var payload = StrictJson.Read<Payload>(bytes, What);
        Claims.Issuer(payload.Iss, originator.Id, What);
        var made = Claims.Made(payload.Iat, now, What);
        NodeIdentity.RequireCovered(key, made, MessageType.Recall);
        return FaultOf(payload) is { } fault ? throw new RefusedException(Refusal.Malformed, fault) : new RecallNotice(text, payload, made);
    }

    /// <summary>The originator that a notice claims, to look up its identity. Not checked.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An id.</returns>
    /// <exception cref="RefusedException">It is not of the form expected.</exception>
    public static string ClaimedOriginator(string text) => StrictJson.Read<Payload>(Jws.ClaimedPayload(text, MessageType.Recall), What).Iss;

    private static string? FaultOf(Payload payload) => NoticeFault.Of(payload.Iss, payload.Record, payload.Version, payload.About)
        ?? (payload.Reason.Length > MaxReason ? $"reason: expected up to {MaxReason} characters." : null);
}
