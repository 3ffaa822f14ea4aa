using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Release;

/// <summary>The outer form of a text whose parts can be withheld: a JWT, then disclosures, each ended by a tilde (RFC 9901).</summary>
/// <remarks>What can be withheld are elements of an array (section 4.2.2): in the JWT each stands as <c>{"...": digest}</c>. There is no key binding:
/// a record may be passed on by whoever its marking lets pass it on.</remarks>
internal static class SdJwt
{
    public const string HashName = "sha-256";
    public const int MaxLength = 4 * 1024 * 1024;
    public const int MaxDisclosures = 4096;

    private const int SaltBytes = 16;
    private const int MaxDisclosure = 256 * 1024;
    private const int MaxDepth = 8;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Cuts a text into the JWT and its disclosures, none of which is looked into.</summary>
    /// <exception cref="RefusedException">It is too long, holds too many, or does not end with a tilde.</exception>
    public static (string Jwt, string[] Disclosures) Split(string text)
    {
        if (text.Length > MaxLength)
            throw new RefusedException(Refusal.TooLarge, $"The record is {text.Length} characters long; it may have {MaxLength}.");
        if (text.Length == 0 || text[^1] != '~')
            throw new RefusedException(Refusal.Malformed, "The record is no SD-JWT: expected a tilde at its end, and no key binding.");
        var count = text.AsSpan().Count('~') - 1;
        if (count > MaxDisclosures)
            throw new RefusedException(Refusal.TooLarge, $"The record holds {count} disclosures; it may hold {MaxDisclosures}.");
        var parts = text.Split('~');
        var disclosures = parts[1..^1];
        foreach (var disclosure in disclosures)
        {
            if (disclosure.Length is 0 or > MaxDisclosure)
                throw new RefusedException(disclosure.Length == 0 ? Refusal.Malformed : Refusal.TooLarge, $"A disclosure of the record is empty, or longer than {MaxDisclosure} characters.");
        }
        return (parts[0], disclosures);
    }

    /// <summary>The whole text again.</summary>
    public static string Join(string jwt, IEnumerable<string> disclosures) => string.Join('~', [jwt, .. disclosures, ""]);

    /// <summary>The digest by which the JWT refers to a disclosure.</summary>
    public static string DigestOf(string disclosure) => StrictBase64Url.HashOf(disclosure);

    /// <summary>A digest of nothing, which nobody can tell from another (section 4.2.5).</summary>
    public static string Decoy()
    {
        Span<byte> random = stackalloc byte[SHA256.HashSizeInBytes];
        RandomNumberGenerator.Fill(random);
        SHA256.HashData(random, random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Hides the value of an element behind a salt of its own.</summary>
    public static string Disclose<T>(T value, ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomNumberGenerator.Fill(salt);
        writer.WriteStartArray();
        writer.WriteStringValue(Base64Url.EncodeToString(salt));
        StrictJson.Write(writer, value);
        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenCount <= MaxDisclosure / 4 * 3
            ? Base64Url.EncodeToString(buffer.WrittenSpan)
            : throw new ArgumentException($"A statement is too long to be disclosed: it may have {MaxDisclosure / 4 * 3} bytes.");
    }

    /// <summary>A writer for <see cref="Disclose"/>.</summary>
    public static Utf8JsonWriter WriterFor(ArrayBufferWriter<byte> buffer) => new(buffer, WriterOptions);

    /// <summary>The value that a disclosure of an array's element holds.</summary>
    /// <returns>The JSON of the value.</returns>
    /// <exception cref="RefusedException">It is not <c>[salt, value]</c>.</exception>
    public static ReadOnlyMemory<byte> ValueOf(string disclosure)
    {
        var json = StrictBase64Url.Decode(disclosure) ?? throw Malformed(null);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.String && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var end = (int)reader.BytesConsumed;
                if (reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read())
                    return json.AsMemory(start, end - start);
            }
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
        throw Malformed(null);

        static RefusedException Malformed(Exception? inner) => new(Refusal.Malformed, "A disclosure of the record is not of the form expected: a salt and a value.", inner);
    }
}
