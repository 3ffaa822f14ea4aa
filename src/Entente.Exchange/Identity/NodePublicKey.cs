using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Identity;

/// <summary>The public key of a node: ECDSA on P-256. Immutable, thread-safe; equal where the keys are.</summary>
public sealed class NodePublicKey : IEquatable<NodePublicKey>
{
    internal const string CurveOid = "1.2.840.10045.3.1.7";
    internal const int SignatureLength = 64;

    // What stands before the two coordinates of an uncompressed point on P-256 whose curve is named (RFC 5480): all but the point is the same in
    // each key, so that one key has one form and one fingerprint, and nothing else from outside is left to a parser.
    private static ReadOnlySpan<byte> Head =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    private const int InfoLength = 27 + 64;

    private readonly byte[] _info;

    // The class library does not promise that one key may be used by several threads at once, and reading a key costs as much as using it.
    private readonly ConcurrentBag<ECDsa> _idle = [];

    private NodePublicKey(byte[] info, ECDsa key)
    {
        _info = info;
        Fingerprint = Fingerprint.Of(info);
        Id = Base64Url.EncodeToString(Fingerprint.Bytes);
        _idle.Add(key);
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>The fingerprint in base64url: 43 letters; the <c>kid</c> of what it signs.</summary>
    public string Id { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="subjectPublicKeyInfo">DER of a SubjectPublicKeyInfo (RFC 5280): curve P-256 by name, point uncompressed, nothing after it.</param>
    /// <returns>The key.</returns>
    /// <exception cref="RefusedException">It is no such key.</exception>
    public static NodePublicKey Import(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (subjectPublicKeyInfo.Length != InfoLength || !subjectPublicKeyInfo.StartsWith(Head))
            throw Refused(null);
        var key = ECDsa.Create();
        try
        {
            // Notices a point that is not on the curve.
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return new NodePublicKey(subjectPublicKeyInfo.ToArray(), key);
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw Refused(e);
        }

        static RefusedException Refused(Exception? inner) => new(Refusal.Malformed, "Expected the public key of a node: SubjectPublicKeyInfo of a point on P-256.", inner);
    }

    /// <summary>Reads a key from the text that <see cref="ToText"/> gives.</summary>
    /// <param name="text">Base64url.</param>
    /// <returns>The key.</returns>
    /// <exception cref="RefusedException">It is no such key.</exception>
    public static NodePublicKey Parse(string text) => Import(text is { Length: <= 2 * InfoLength } ? StrictBase64Url.Decode(text) : null);

    /// <summary>The SubjectPublicKeyInfo in base64url.</summary>
    /// <returns>122 letters.</returns>
    public string ToText() => Base64Url.EncodeToString(_info);

    /// <summary>The SubjectPublicKeyInfo.</summary>
    /// <returns>DER.</returns>
    public byte[] ExportSubjectPublicKeyInfo() => [.. _info];

    /// <summary>Whether data was signed by the private half.</summary>
    /// <param name="data">The data.</param>
    /// <param name="signature">r and s, 32 bytes each (IEEE P1363).</param>
    /// <returns>False for a signature of another length.</returns>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
            return false;
        if (!_idle.TryTake(out var key))
        {
            key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(_info, out _);
        }
        var held = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _idle.Add(key);
        return held;
    }

    /// <summary>Whether a certificate is of this key. That is all that is asked of a partner's certificate: who signed it and what it says do not count.</summary>
    /// <param name="certificate">What the other end of a TLS connection showed.</param>
    /// <returns>True for the same key.</returns>
    public bool IsKeyOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return CryptographicOperations.FixedTimeEquals(certificate.PublicKey.ExportSubjectPublicKeyInfo(), _info);
    }

    /// <inheritdoc/>
    public bool Equals(NodePublicKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(_info, other._info);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodePublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Fingerprint.ToWords();
}
