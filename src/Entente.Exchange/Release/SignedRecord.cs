using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Records.Markings;

namespace Entente.Exchange.Release;

/// <summary>A record as it travels: signed by its originator, with statements that can be withheld while the signature of the rest holds. An SD-JWT (RFC 9901). Immutable.</summary>
/// <remarks>Where it came from outside it is not checked yet; <see cref="Verify"/> does. The order of the statements is that of the disclosures and is not signed.</remarks>
public sealed class SignedRecord
{
    private const int SmallestBand = 16;

    private sealed record Digest([property: JsonPropertyName("...")] string Value);

    private sealed record Payload(
        [property: JsonPropertyName("_sd_alg")] string SdAlg, string Iss, string Sub, int Version, string Schema, Marking Marking,
        long Iat, long Exp, Digest[] Statements, string? Previous = null);

    private readonly string _jwt;
    private readonly string[] _disclosures;

    private SignedRecord(string jwt, string[] disclosures)
    {
        _jwt = jwt;
        _disclosures = disclosures;
        Text = SdJwt.Join(jwt, disclosures);
        Hash = Jws.HashOf(jwt);
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The name of this version, the same whatever was withheld: SHA-256 of what the originator signed, in base64url, 43 letters.</summary>
    public string Hash { get; }

    /// <summary>Signs a record, with everything disclosed.</summary>
    /// <param name="key">The originator's current key.</param>
    /// <param name="content">The record; its marking names the node of the key as originator.</param>
    /// <param name="now">The time.</param>
    /// <returns>The signed record.</returns>
    /// <exception cref="ArgumentException">The record is not in order, has expired, or is too large.</exception>
    public static SignedRecord Sign(NodeKey key, RecordContent content, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Fault() is { } fault)
            throw new ArgumentException(fault, nameof(content));
        if (content.Marking.Expires <= now)
            throw new ArgumentException("marking.expires: the record has expired.", nameof(content));

        var disclosures = new string[content.Statements.Length];
        var digests = new string[Padded(disclosures.Length)];
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = SdJwt.WriterFor(buffer))
        {
            for (var i = 0; i < disclosures.Length; i++)
            {
                disclosures[i] = SdJwt.Disclose(content.Statements[i], buffer, writer);
                digests[i] = SdJwt.DigestOf(disclosures[i]);
            }
        }
        for (var i = disclosures.Length; i < digests.Length; i++)
            digests[i] = SdJwt.Decoy();
        // Sorted digests are in random order: the place of one tells nothing about its statement.
        Array.Sort(digests, StringComparer.Ordinal);

        var marking = content.Marking;
        var payload = new Payload(SdJwt.HashName, marking.Originator, content.Id, content.Version, content.Schema, marking,
            now.ToUnixTimeSeconds(), marking.Expires.ToUnixTimeSeconds(), Array.ConvertAll(digests, each => new Digest(each)), content.Previous);
        var signed = new SignedRecord(Jws.Sign(key, MessageType.Record, StrictJson.Write(payload)), disclosures);
        return signed.Text.Length <= SdJwt.MaxLength
            ? signed
            : throw new ArgumentException($"The record is {signed.Text.Length} characters long when it is signed; it may have {SdJwt.MaxLength}.", nameof(content));
    }

    /// <summary>Takes a text that came from outside. Only its outer form is checked.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The record, to be verified.</returns>
    /// <exception cref="RefusedException">It is no SD-JWT, or too large.</exception>
    public static SignedRecord Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (jwt, disclosures) = SdJwt.Split(text);
        Jws.ClaimedKey(jwt, MessageType.Record);
        return new SignedRecord(jwt, disclosures);
    }

    /// <summary>The node that it claims to come from, to look up its identity. Not checked.</summary>
    /// <returns>An id.</returns>
    /// <exception cref="RefusedException">The payload is not of the form expected.</exception>
    public string ClaimedOriginator() => StrictJson.Read<Payload>(Jws.ClaimedPayload(_jwt, MessageType.Record), "record").Iss;

    /// <summary>The same record with some statements withheld. What is left is as well signed as before.</summary>
    /// <param name="keep">Whether a statement stays.</param>
    /// <returns>The record; the same <see cref="Hash"/>.</returns>
    /// <exception cref="RefusedException">A disclosure is not of the form expected.</exception>
    public SignedRecord Redact(Func<RecordStatement, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return new SignedRecord(_jwt, Array.FindAll(_disclosures, each => keep(StatementOf(each))));
    }

    /// <summary>Checks the signature, and each disclosure against it.</summary>
    /// <param name="originator">Who is to have signed it.</param>
    /// <param name="now">The time.</param>
    /// <returns>What was disclosed.</returns>
    /// <exception cref="RefusedException">It does not hold, has expired, contradicts itself, or is not in order.</exception>
    public VerifiedRecord Verify(NodeIdentity originator, DateTimeOffset now)
    {
        const string What = "record";
        ArgumentNullException.ThrowIfNull(originator);
        var (bytes, key) = originator.Open(_jwt, MessageType.Record);
        var payload = StrictJson.Read<Payload>(bytes, What);
        Claims.Issuer(payload.Iss, originator.Id, What);
        var made = Claims.Made(payload.Iat, now, What);
        NodeIdentity.RequireCovered(key, made, MessageType.Record);
        if (payload.SdAlg != SdJwt.HashName)
            throw new RefusedException(Refusal.WrongAlgorithm, $"The record hides its statements by another hash than {SdJwt.HashName}.");
        if (payload.Marking.Originator != payload.Iss || payload.Marking.Expires.ToUnixTimeSeconds() != payload.Exp)
            throw new RefusedException(Refusal.Inconsistent, "The record's marking names another originator or another end than the record.");
        if (now >= payload.Marking.Expires)
            throw new RefusedException(Refusal.Expired, "The record has expired.");

        var content = new RecordContent
        {
            Id = payload.Sub,
            Version = payload.Version,
            Schema = payload.Schema,
            Marking = payload.Marking,
            Statements = Disclosed(payload.Statements),
            Previous = payload.Previous,
        };
        return content.Fault() is { } fault
            ? throw new RefusedException(Refusal.Malformed, $"The record is not in order. {fault}")
            : new VerifiedRecord(content, made, Hash, payload.Statements.Length - content.Statements.Length);
    }

    private ImmutableArray<RecordStatement> Disclosed(Digest[] digests)
    {
        if (digests.Length > SdJwt.MaxDisclosures)
            throw new RefusedException(Refusal.TooLarge, $"The record holds {digests.Length} digests; it may hold {SdJwt.MaxDisclosures}.");
        var open = new HashSet<string>(digests.Length, StringComparer.Ordinal);
        foreach (var digest in digests)
        {
            if (digest.Value.Length != StrictBase64Url.HashLength || !open.Add(digest.Value))
                throw new RefusedException(Refusal.Inconsistent, "The record holds a digest twice, or one that is none.");
        }
        var statements = ImmutableArray.CreateBuilder<RecordStatement>(_disclosures.Length);
        foreach (var disclosure in _disclosures)
        {
            if (!open.Remove(SdJwt.DigestOf(disclosure)))
                throw new RefusedException(Refusal.Inconsistent, "The record comes with a disclosure that is not part of it, or with one twice.");
            statements.Add(StatementOf(disclosure));
        }
        return statements.MoveToImmutable();
    }

    private static RecordStatement StatementOf(string disclosure) => StrictJson.Read<RecordStatement>(SdJwt.ValueOf(disclosure).Span, "disclosure of the record");

    // Always room for one digest of nothing. The bands grow with the number: how many statements there are is known to within 16, or an eighth to a quarter of them.
    private static int Padded(int statements)
    {
        var band = SmallestBand;
        while (band * 8 <= statements)
            band *= 2;
        return (statements / band * band) + band;
    }

    /// <inheritdoc/>
    public override string ToString() => Hash;
}
