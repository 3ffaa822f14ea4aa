using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Entente.Exchange.Identity;

/// <summary>The private key of a node: ECDSA on P-256. Thread-safe until disposed.</summary>
public sealed class NodeKey : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key;
    private readonly Lock _turn = new();

    private NodeKey(ECDsa key)
    {
        _key = key;
        PublicKey = NodePublicKey.Import(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The other half.</summary>
    public NodePublicKey PublicKey { get; }

    /// <summary>Makes a new key.</summary>
    /// <returns>The key.</returns>
    public static NodeKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key that <see cref="ExportPkcs8"/> wrote.</summary>
    /// <param name="pkcs8">PKCS#8, not encrypted: the host keeps it encrypted and decrypts it before.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptographicException">It is no private key on P-256.</exception>
    public static NodeKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read != pkcs8.Length || key.ExportParameters(false).Curve.Oid.Value != NodePublicKey.CurveOid)
                throw new CryptographicException("Expected a private key on the curve P-256.");
            return new NodeKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The key as PKCS#8, not encrypted. Whoever has it is the node: encrypt it before it is kept, and clear the array.</summary>
    /// <returns>DER.</returns>
    public byte[] ExportPkcs8()
    {
        lock (_turn)
            return _key.ExportPkcs8PrivateKey();
    }

    /// <summary>Signs data with SHA-256.</summary>
    /// <param name="data">The data.</param>
    /// <returns>64 bytes: r and s (IEEE P1363).</returns>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // The class library does not promise that one key may be used by several threads at once.
        lock (_turn)
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>A self-signed certificate of this key, by which the node is a server and a client of mutual TLS. Partners trust the key in it and nothing else.</summary>
    /// <param name="nodeId">The node's id; the only name in it, since a name proves nothing here.</param>
    /// <param name="notBefore">From when it is valid.</param>
    /// <param name="notAfter">Until when.</param>
    /// <returns>The certificate with its private key; to be disposed of.</returns>
    public X509Certificate2 CreateCertificate(string nodeId, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nodeId);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(nodeId);
        lock (_turn)
        {
            var request = new CertificateRequest(name.Build(), _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(nodeId);
            request.CertificateExtensions.Add(names.Build());
            var made = request.CreateSelfSigned(notBefore, notAfter);
            if (!OperatingSystem.IsWindows())
                return made;
            // TLS on Windows takes no key that lives in this process only.
            using (made)
                return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
