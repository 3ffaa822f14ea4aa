using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Entente.Desk;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Node.Hosting;

namespace Entente.Node.Partners;

/// <summary>Who this node is to its partners: its key, which never leaves the data folder, its card and its certificate.</summary>
/// <remarks>The card names the key that counts. It is replaced in one step, after the new key is on the disk and before the old one goes.</remarks>
internal sealed class OwnIdentity : IDisposable
{
    private const string KeyFile = "node-key.pem", NextKeyFile = "node-key.next.pem", CardFile = "card.jws";
    private const string PemLabel = "PRIVATE KEY", EncryptedPemLabel = "ENCRYPTED PRIVATE KEY";
    private const int KeyDerivations = 600_000;

    // A certificate says nothing that counts beside the key: partners neither ask for its dates nor for who signed it.
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(3650);

    private readonly PartnerOptions? _options;
    private readonly TimeProvider _clock;
    private readonly string _folder;
    private readonly Lazy<Held> _first;
    private readonly Lock _turn = new();
    private volatile Held? _held;

    public OwnIdentity(NodeOptions options, TimeProvider clock)
    {
        _options = options.Partners;
        _clock = clock;
        _folder = Path.Combine(options.DataFolder, "partners");
        _first = new Lazy<Held>(Load);
    }

    /// <summary>Whether this node has partners at all.</summary>
    public bool IsOn => _options is not null;

    /// <summary>Its identity.</summary>
    /// <exception cref="DeskException">Key or card cannot be read.</exception>
    /// <exception cref="RequestException">409: it has no partners, and so no identity.</exception>
    public NodeIdentity Identity => Now.Identity;

    /// <summary>Its present key.</summary>
    public NodeKey Key => Now.Key;

    /// <summary>The certificate of its present key.</summary>
    public X509Certificate2 Certificate => Now.Certificate;

    /// <summary>Its id.</summary>
    public string Id => Now.Identity.Id;

    private Held Now => _held ?? _first.Value;

    /// <summary>Puts a new key in the place of the present one.</summary>
    /// <param name="compromised">Whether somebody else may have the present one.</param>
    /// <returns>The identity from now on.</returns>
    public NodeIdentity Rotate(bool compromised)
    {
        lock (_turn)
        {
            var now = Now;
            var key = NodeKey.Create();
            var identity = now.Identity.Rotate(now.Key, key, _clock.GetUtcNow(), compromised);
            WriteKey(NextKeyFile, key);
            WriteFile(CardFile, Encoding.ASCII.GetBytes(identity.Card));
            File.Move(PathOf(NextKeyFile), PathOf(KeyFile), overwrite: true);
            // The former certificate may be in use by connections that are open; they end by themselves.
            _held = Hold(key, identity);
            return identity;
        }
    }

    public void Dispose()
    {
        if (_held is null && !_first.IsValueCreated)
            return;
        Now.Certificate.Dispose();
        Now.Key.Dispose();
    }

    private Held Load()
    {
        var options = _options ?? throw RequestException.Conflict("This node has no partner port, and so no key of its own. Start it with --partners https://ADDRESS:PORT, or set Entente:Partners:Listen.");
        lock (_turn)
        {
            try
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(_folder);
                else
                    Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return _held = File.Exists(PathOf(CardFile)) ? Read(options) : Begin(options);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or RefusedException or ArgumentException)
            {
                throw new DeskException($"this node's identity in {_folder} cannot be used: {fault.Message.Split('\n')[0]} Restore the folder from a backup; a new identity would have to be paired with every partner again.");
            }
        }
    }

    private Held Begin(PartnerOptions options)
    {
        // A key without a card was left by a start that was killed: it is as good as a new one.
        var key = File.Exists(PathOf(KeyFile)) ? ReadKey(KeyFile) : NodeKey.Create();
        if (!File.Exists(PathOf(KeyFile)))
            WriteKey(KeyFile, key);
        var identity = NodeIdentity.Create(key, NameOf(options), AddressesOf(options), _clock.GetUtcNow());
        WriteFile(CardFile, Encoding.ASCII.GetBytes(identity.Card));
        return Hold(key, identity);
    }

    private Held Read(PartnerOptions options)
    {
        var identity = NodeIdentity.Parse(File.ReadAllText(PathOf(CardFile)));
        var key = new[] { KeyFile, NextKeyFile }.Where(name => File.Exists(PathOf(name))).Select(ReadKey).FirstOrDefault(each => each.PublicKey.Equals(identity.CurrentKey))
            ?? throw new CryptographicException("The key that the card names is not there.");
        if (File.Exists(PathOf(NextKeyFile)) && ReadKey(NextKeyFile).PublicKey.Equals(identity.CurrentKey))
            File.Move(PathOf(NextKeyFile), PathOf(KeyFile), overwrite: true);
        if (identity.Name != NameOf(options) || !identity.Addresses.SequenceEqual(AddressesOf(options)))
        {
            identity = identity.Renew(key, NameOf(options), AddressesOf(options), _clock.GetUtcNow());
            WriteFile(CardFile, Encoding.ASCII.GetBytes(identity.Card));
        }
        return Hold(key, identity);
    }

    private Held Hold(NodeKey key, NodeIdentity identity)
    {
        var now = _clock.GetUtcNow();
        return new Held(key, identity, key.CreateCertificate(identity.Id, now - TimeSpan.FromDays(2), now + CertificateLife));
    }

    private NodeKey ReadKey(string name)
    {
        var pem = File.ReadAllText(PathOf(name));
        using var key = ECDsa.Create();
        if (pem.Contains(EncryptedPemLabel, StringComparison.Ordinal))
            key.ImportFromEncryptedPem(pem, _options?.KeyPassword ?? throw new CryptographicException("The key is encrypted, and Entente:Partners:KeyPassword is not set."));
        else
            key.ImportFromPem(pem);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        try
        {
            return NodeKey.ImportPkcs8(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private void WriteKey(string name, NodeKey key)
    {
        var pkcs8 = key.ExportPkcs8();
        try
        {
            if (_options?.KeyPassword is not { } password)
            {
                WriteFile(name, Encoding.ASCII.GetBytes(PemEncoding.WriteString(PemLabel, pkcs8)));
                return;
            }
            using var copy = ECDsa.Create();
            copy.ImportPkcs8PrivateKey(pkcs8, out _);
            WriteFile(name, Encoding.ASCII.GetBytes(copy.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, KeyDerivations))));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Writes a file that only the node's user can read, on the disk and in its place in one step.</summary>
    private void WriteFile(string name, byte[] bytes)
    {
        var path = PathOf(name);
        var part = path + ".part";
        File.Delete(part);
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(part, open))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static string NameOf(PartnerOptions options) => string.IsNullOrWhiteSpace(options.Name) ? Environment.MachineName : options.Name.Trim();

    private static Uri[] AddressesOf(PartnerOptions options) =>
        Uri.TryCreate(options.Address ?? options.Listen, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.Host is not ("0.0.0.0" or "[::]") && address.Port != 0 ? [address] : [];

    private sealed record Held(NodeKey Key, NodeIdentity Identity, X509Certificate2 Certificate);
}
