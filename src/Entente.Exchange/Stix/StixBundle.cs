using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Exchange.Stix;

/// <summary>STIX objects that travel together. A bundle says nothing about them but that.</summary>
/// <param name="Id">The bundle's id; null for objects that came without a bundle.</param>
/// <param name="Objects">The objects, in their order; the latest version of each.</param>
public sealed record StixBundle(string? Id, ImmutableArray<StixObject> Objects)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bundles objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <returns>A bundle whose id is made from ids and versions: the same objects make the same bundle.</returns>
    public static StixBundle Of(IEnumerable<StixObject> objects)
    {
        var all = objects.ToImmutableArray();
        return new StixBundle(StixIds.Of("bundle", [.. all.Select(item => $"{item.Id} {StixTime.Format(item.Version)}")]), all);
    }

    /// <summary>The bundle as JSON.</summary>
    /// <returns>UTF-8, without byte order mark.</returns>
    public byte[] ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "bundle"u8);
            writer.WriteString("id"u8, Id ?? StixIds.Of("bundle", [.. Objects.Select(item => item.Id)]));
            // An empty list is no STIX.
            if (Objects.Length > 0)
            {
                writer.WriteStartArray("objects"u8);
                foreach (var item in Objects)
                    writer.WriteRawValue(item.ToString(), skipInputValidation: true);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());
}
