using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Records.Markings;

namespace Entente.Exchange.Messages;

/// <summary>The originator tightens the marking of a version of a record. It holds wherever the record went, and whoever passed the record on passes this on. Immutable; one that exists was checked or made here.</summary>
/// <remarks>It is addressed to nobody; to show it again later does no harm: a receiver takes the tighter of what it holds and what it is shown.</remarks>
public sealed class TightenNotice
{
    private const string What = "tightening";

    private sealed record Payload(string Iss, string Record, int Version, string About, Marking Marking, long Iat);

    private TightenNotice(string text, Payload payload, DateTimeOffset signedAt)
    {
        Text = text;
        Record = payload.Record;
        Version = payload.Version;
        About = payload.About;
        Marking = payload.Marking;
        SignedAt = signedAt;
        Hash = Jws.HashOf(text);
    }

    /// <summary>The signed text.</summary>
    public string Text { get; }

    /// <summary>The name of this notice, to which receipts refer: 43 letters.</summary>
    public string Hash { get; }

    /// <summary>The originator of the record.</summary>
    public string Originator => Marking.Originator;

    /// <summary>The id of the record.</summary>
    public string Record { get; }

    /// <summary>The version whose marking is tightened.</summary>
    public int Version { get; }

    /// <summary><see cref="Release.SignedRecord.Hash"/> of that version.</summary>
    public string About { get; }

    /// <summary>The marking that holds from now on.</summary>
    public Marking Marking { get; }

    /// <summary>When it was signed; whole seconds.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>Signs a notice.</summary>
    /// <param name="key">The originator's current key.</param>
    /// <param name="record">The id of the record.</param>
    /// <param name="version">The version whose marking is tightened.</param>
    /// <param name="about"><see cref="Release.SignedRecord.Hash"/> of that version.</param>
    /// <param name="was">The marking it has.</param>
    /// <param name="becomes">The marking it is to have: at least as tight.</param>
    /// <param name="now">The time.</param>
    /// <returns>The notice.</returns>
    /// <exception cref="ArgumentException">A value is not as said.</exception>
    public static TightenNotice Sign(NodeKey key, string record, int version, string about, Marking was, Marking becomes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(was);
        ArgumentNullException.ThrowIfNull(becomes);
        if (!becomes.IsAtLeastAsTightAs(was))
            throw new ArgumentException("A marking is only ever tightened by a notice; release a new version to loosen it.", nameof(becomes));
        var payload = new Payload(becomes.Originator, record, version, about, becomes, now.ToUnixTimeSeconds());
        if (NoticeFault.Of(payload.Iss, record, version, about) is { } fault)
            throw new ArgumentException(fault);
        return new TightenNotice(Jws.Sign(key, MessageType.Tighten, StrictJson.Write(payload)), payload, Claims.Time(payload.Iat, What));
    }

    /// <summary>Reads a notice and checks its signature.</summary>
    /// <param name="text">The text, from whomever it came.</param>
    /// <param name="originator">The originator of the record that is held.</param>
    /// <param name="now">The time.</param>
    /// <returns>The notice. That it tightens what is held is for <see cref="Apply"/>.</returns>
    /// <exception cref="RefusedException">It does not hold.</exception>
    public static TightenNotice Verify(string text, NodeIdentity originator, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(originator);
        var (bytes, key) = originator.Open(text, MessageType.Tighten);
        var payload = StrictJson.Read<Payload>(bytes, What);
        Claims.Issuer(payload.Iss, originator.Id, What);
        var made = Claims.Made(payload.Iat, now, What);
        NodeIdentity.RequireCovered(key, made, MessageType.Tighten);
        if (payload.Marking.Originator != payload.Iss)
            throw new RefusedException(Refusal.Inconsistent, "The tightening's marking names another originator than the one that signed it.");
        return NoticeFault.Of(payload.Iss, payload.Record, payload.Version, payload.About) is { } fault
            ? throw new RefusedException(Refusal.Malformed, fault)
            : new TightenNotice(text, payload, made);
    }

    /// <summary>The marking that a holder's copy has after the notice: never looser than before, whatever the notice says.</summary>
    /// <param name="held">The marking that the copy has.</param>
    /// <returns>The tighter of both in every respect.</returns>
    /// <exception cref="RefusedException">It is about a marking of another originator, legal basis, purpose or category.</exception>
    public Marking Apply(Marking held)
    {
        ArgumentNullException.ThrowIfNull(held);
        var tightened = held.Tighten(Marking);
        return tightened.IsAtLeastAsTightAs(Marking)
            ? tightened
            : throw new RefusedException(Refusal.Inconsistent, "The tightening changes more than level, audience and end.");
    }

    /// <summary>The originator that a notice claims, to look up its identity. Not checked.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An id.</returns>
    /// <exception cref="RefusedException">It is not of the form expected.</exception>
    public static string ClaimedOriginator(string text) => StrictJson.Read<Payload>(Jws.ClaimedPayload(text, MessageType.Tighten), What).Iss;
}
