using System.Buffers.Text;
using System.Text;
using Entente.Exchange.Identity;

namespace Entente.Exchange.Signing;

/// <summary>Signed texts: JWS in compact form (RFC 7515), ES256 and nothing else (RFC 7518, section 3.4).</summary>
/// <remarks>The header holds <c>alg</c>, <c>typ</c> and <c>kid</c>, each once, and nothing more: no key, no address of a key, no critical extension
/// is ever taken from a message. <c>kid</c> is <see cref="NodePublicKey.Id"/>.</remarks>
public static class Jws
{
    private const string Algorithm = "ES256";

    private sealed record Header(string? Alg = null, string? Typ = null, string? Kid = null);

    /// <summary>Signs a payload.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">The kind of message.</param>
    /// <param name="payload">What is signed.</param>
    /// <returns>The compact form.</returns>
    /// <exception cref="ArgumentException">It is longer than the kind allows.</exception>
    public static string Sign(NodeKey key, MessageType type, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(type);
        var header = Encoding.UTF8.GetBytes($"{{\"alg\":\"{Algorithm}\",\"typ\":\"{type.Name}\",\"kid\":\"{key.PublicKey.Id}\"}}");
        var head = Base64Url.EncodeToString(header);
        var body = Base64Url.EncodeToString(payload);
        var signed = $"{head}.{body}";
        var text = $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
        return text.Length <= type.MaxLength
            ? text
            : throw new ArgumentException($"The message is {text.Length} characters long; one of kind {type.Name} may have {type.MaxLength}.", nameof(payload));
    }

    /// <summary>Checks a text and gives what was signed.</summary>
    /// <param name="text">The compact form.</param>
    /// <param name="type">The kind that is expected.</param>
    /// <param name="key">The key that is expected.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="RefusedException">It is too long, of another kind or algorithm, by another key, or altered.</exception>
    public static byte[] Verify(ReadOnlySpan<char> text, MessageType type, NodePublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (head, body, signature) = Split(text, type);
        if (ReadHeader(head, type).Kid != key.Id)
            throw new RefusedException(Refusal.UnknownKey, $"The message of kind {type.Name} is signed by another key than the one expected.");
        var signed = text[..(head.Length + 1 + body.Length)];
        var bytes = new byte[signed.Length];
        // A letter beyond ASCII becomes '?', which no base64url holds; it was refused above or breaks the signature.
        Encoding.ASCII.GetBytes(signed, bytes);
        if (StrictBase64Url.Decode(signature) is not { Length: NodePublicKey.SignatureLength } found || !key.Verify(bytes, found))
            throw new RefusedException(Refusal.BadSignature, $"The signature of the message of kind {type.Name} does not hold: it was altered, or never signed by this key.");
        return PayloadOf(body, type);
    }

    /// <summary>The key that a text claims to be signed by, to look it up. Nothing is checked but the form, the kind and the algorithm.</summary>
    /// <param name="text">The compact form.</param>
    /// <param name="type">The kind that is expected.</param>
    /// <returns>A <see cref="NodePublicKey.Id"/>.</returns>
    /// <exception cref="RefusedException">It is too long, or of another form, kind or algorithm.</exception>
    public static string ClaimedKey(ReadOnlySpan<char> text, MessageType type) => ReadHeader(Split(text, type).Head, type).Kid!;

    /// <summary>What a text claims to say, before anything is known about its signature: to look up whose it is.</summary>
    internal static byte[] ClaimedPayload(ReadOnlySpan<char> text, MessageType type)
    {
        var parts = Split(text, type);
        ReadHeader(parts.Head, type);
        return PayloadOf(parts.Body, type);
    }

    /// <summary>Names a text by what was signed. The signature does not count: whoever sees one can write another valid one beside it, (r, n-s) for (r, s).</summary>
    /// <returns>SHA-256 of header and payload as they stand, in base64url.</returns>
    internal static string HashOf(ReadOnlySpan<char> text) => StrictBase64Url.HashOf(text[..Math.Max(text.LastIndexOf('.'), 0)]);

    private ref struct Parts
    {
        public ReadOnlySpan<char> Head;
        public ReadOnlySpan<char> Body;
        public ReadOnlySpan<char> Signature;

        public readonly void Deconstruct(out ReadOnlySpan<char> head, out ReadOnlySpan<char> body, out ReadOnlySpan<char> signature)
        {
            head = Head;
            body = Body;
            signature = Signature;
        }
    }

    private static Parts Split(ReadOnlySpan<char> text, MessageType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (text.Length > type.MaxLength)
            throw new RefusedException(Refusal.TooLarge, $"The message is {text.Length} characters long; one of kind {type.Name} may have {type.MaxLength}.");
        var first = text.IndexOf('.');
        var last = text.LastIndexOf('.');
        if (first <= 0 || last <= first + 1 || last == text.Length - 1 || text[(first + 1)..last].Contains('.'))
            throw new RefusedException(Refusal.Malformed, $"The message of kind {type.Name} is no JWS: expected three parts with full stops between them.");
        return new Parts { Head = text[..first], Body = text[(first + 1)..last], Signature = text[(last + 1)..] };
    }

    private static Header ReadHeader(ReadOnlySpan<char> head, MessageType type)
    {
        var bytes = StrictBase64Url.Decode(head) ?? throw new RefusedException(Refusal.Malformed, "The header of the message is not base64url.");
        var header = StrictJson.Read<Header>(bytes, "header of the message");
        if (header.Alg != Algorithm)
            throw new RefusedException(Refusal.WrongAlgorithm, $"The message of kind {type.Name} is not signed by {Algorithm}.");
        if (header.Typ != type.Name)
            throw new RefusedException(Refusal.WrongKind, $"Expected a message of kind {type.Name}, and this is another.");
        return header.Kid is not null ? header : throw new RefusedException(Refusal.Malformed, $"The message of kind {type.Name} does not name its key.");
    }

    private static byte[] PayloadOf(ReadOnlySpan<char> body, MessageType type) =>
        StrictBase64Url.Decode(body) ?? throw new RefusedException(Refusal.Malformed, $"The payload of the message of kind {type.Name} is not base64url.");
}
