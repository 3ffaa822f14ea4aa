using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Identity;

/// <summary>SHA-256 of the SubjectPublicKeyInfo of a key, and the forms in which two people compare it by voice, on paper or by camera. Immutable.</summary>
/// <remarks>Spoken forms carry the first 96 bits: to find another key with the same ones takes about 2^96 tries. Comparisons take the same time wherever they differ.</remarks>
public sealed class Fingerprint : IEquatable<Fingerprint>
{
    private const int SpokenBytes = 12;
    private const int Groups = SpokenBytes / sizeof(ushort);
    private const int GroupDigits = 5;
    private const int MaxSpoken = 200;
    private const string QrPrefix = "ENTENTE1";

    private readonly byte[] _hash;

    private Fingerprint(byte[] hash) => _hash = hash;

    internal ReadOnlySpan<byte> Bytes => _hash;

    /// <summary>The fingerprint of a key.</summary>
    /// <param name="subjectPublicKeyInfo">DER.</param>
    /// <returns>The fingerprint.</returns>
    public static Fingerprint Of(ReadOnlySpan<byte> subjectPublicKeyInfo) => new(SHA256.HashData(subjectPublicKeyInfo));

    /// <summary>Six words to read aloud, such as <c>lusab-babad-gutih-tugad-mudof-sakat</c>.</summary>
    /// <returns>Six proquints joined by hyphens.</returns>
    public string ToWords() => string.Join('-', SpokenGroups().Select(Proquint.Encode));

    /// <summary>The same 96 bits as six groups of five digits, for people who do not read Latin letters.</summary>
    /// <returns>Digits 0 to 9, groups joined by spaces; each from 00000 to 65535.</returns>
    public string ToDigits() => string.Join(' ', SpokenGroups().Select(bits => bits.ToString("D5", CultureInfo.InvariantCulture)));

    /// <summary>Whether what somebody read aloud, typed or pasted is this fingerprint's words or digits.</summary>
    /// <param name="spoken">Words or digits; case, spaces and hyphens do not count, and digits may be of any script.</param>
    /// <returns>False for anything else, also for a part of it.</returns>
    public bool Matches(string? spoken)
    {
        Span<byte> said = stackalloc byte[SpokenBytes];
        return TryReadSpoken(spoken, said) && CryptographicOperations.FixedTimeEquals(said, _hash.AsSpan(0, SpokenBytes));
    }

    /// <summary>What the QR code of a node holds: its id and the whole fingerprint of its current key.</summary>
    /// <param name="nodeId">The node's id.</param>
    /// <returns>Capitals, digits, hyphen and colon: a QR code packs these closely.</returns>
    public string ToQrText(string nodeId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nodeId);
        return $"{QrPrefix}:{nodeId.ToUpperInvariant()}:{Base32.Encode(_hash).ToUpperInvariant()}";
    }

    /// <summary>Reads what a QR code held.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nodeId">The node's id; empty where there is none.</param>
    /// <param name="fingerprint">The fingerprint of its current key; null where there is none.</param>
    /// <returns>Whether it is the text of a node.</returns>
    public static bool TryParseQrText(string? text, out string nodeId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Fingerprint? fingerprint)
    {
        nodeId = "";
        fingerprint = null;
        if (text is not { Length: <= MaxSpoken } || text.Trim().Split(':') is not [QrPrefix, var id, var hash])
            return false;
        var node = id.ToLowerInvariant();
        if (!NodeId.IsValid(node) || Base32.Decode(hash.ToLowerInvariant()) is not { Length: SHA256.HashSizeInBytes } bytes)
            return false;
        nodeId = node;
        fingerprint = new Fingerprint(bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Fingerprint? other) => other is not null && CryptographicOperations.FixedTimeEquals(_hash, other._hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_hash);

    /// <inheritdoc/>
    public override string ToString() => ToWords();

    private IEnumerable<ushort> SpokenGroups()
    {
        for (var i = 0; i < Groups; i++)
            yield return BinaryPrimitives.ReadUInt16BigEndian(_hash.AsSpan(i * sizeof(ushort)));
    }

    private static bool TryReadSpoken(string? spoken, Span<byte> into)
    {
        if (spoken is null || spoken.Length > MaxSpoken)
            return false;
        var letters = string.Concat(spoken.Where(each => !char.IsWhiteSpace(each) && CharUnicodeInfo.GetUnicodeCategory(each) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format)));
        // All groups are of one length, words and digits alike.
        if (letters.Length != Groups * GroupDigits)
            return false;
        for (var i = 0; i < Groups; i++)
        {
            var group = letters.AsSpan(i * GroupDigits, GroupDigits);
            if ((Proquint.Decode(group) ?? Number(group)) is not { } bits)
                return false;
            BinaryPrimitives.WriteUInt16BigEndian(into[(i * sizeof(ushort))..], bits);
        }
        return true;
    }

    private static ushort? Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(digit) is not (>= 0 and var number))
                return null;
            value = (value * 10) + number;
        }
        return value <= ushort.MaxValue ? (ushort)value : null;
    }
}
