using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Entente.Exchange.Stix;

/// <summary>Reads STIX 2.1 that somebody else wrote: a bundle, one object, or a list of objects.</summary>
/// <remarks>
/// What every object must have is checked (type, id, versions, references), and what the specification demands of the types
/// that it knows; the first fault refuses all of it, with its place. Types, properties and extensions that are not known are
/// kept as they are. Of several versions of an object the latest stays.
/// </remarks>
public static class StixReader
{
    /// <summary>Reads from a stream, no more than the limit.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="source">The file or address, as messages shall name it.</param>
    /// <param name="limits">How much is read; null for <see cref="StixLimits.Usual"/>.</param>
    /// <returns>The objects.</returns>
    /// <exception cref="StixFormatException">It is no STIX 2.1, or more than the limits.</exception>
    public static StixBundle Read(Stream stream, string source, StixLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var most = (limits ?? StixLimits.Usual).Bytes;
        using var held = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (held.Length + read > most)
                throw TooLarge(source, most);
            held.Write(buffer.AsSpan(0, read));
        }
        return Read(held.GetBuffer().AsMemory(0, (int)held.Length), source, limits);
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="utf8">UTF-8, with or without byte order mark.</param>
    /// <param name="source">The file or address, as messages shall name it.</param>
    /// <param name="limits">How much is read; null for <see cref="StixLimits.Usual"/>.</param>
    /// <returns>The objects.</returns>
    /// <exception cref="StixFormatException">It is no STIX 2.1, or more than the limits.</exception>
    public static StixBundle Read(ReadOnlyMemory<byte> utf8, string source, StixLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= StixLimits.Usual;
        if (utf8.Length > limits.Bytes)
            throw TooLarge(source, limits.Bytes);
        return Read(Parse(utf8, source, limits), source, limits);
    }

    /// <summary>Parses JSON, with nothing in it that is found to be no text later.</summary>
    /// <exception cref="StixFormatException">It is none.</exception>
    internal static JsonElement Parse(ReadOnlyMemory<byte> utf8, string source, StixLimits limits)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span))
            throw new StixFormatException(source, "", "it holds bytes that are not UTF-8.");
        try
        {
            CheckTexts(utf8.Span, limits.Depth);
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.Depth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new StixFormatException(source, "", string.Create(CultureInfo.InvariantCulture,
                $"not valid JSON at line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}, or deeper than {limits.Depth} levels, or with a member twice."), fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new StixFormatException(source, "", "a text holds half of a surrogate pair.", fault);
        }
    }

    private static StixBundle Read(JsonElement root, string source, StixLimits limits)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return new StixBundle(null, Objects(root, "", source, limits));
        if (root.ValueKind != JsonValueKind.Object)
            throw new StixFormatException(source, "", "expected a STIX bundle or object.");
        var at = new StixPlace(source, "");
        if (!root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw at.Fault("type", "expected the type of a STIX object, such as \"bundle\"; this is no STIX.");
        if (!type.ValueEquals("bundle"))
        {
            StixRules.Check(root, at);
            return new StixBundle(null, [new StixObject(root)]);
        }
        if (!root.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !StixIds.IsId(id.GetString()) || StixIds.TypeOf(id.GetString()!) != "bundle")
            throw at.Fault("id", "expected bundle-- and a UUID.");
        if (!root.TryGetProperty("objects", out var objects))
            return new StixBundle(id.GetString(), []);
        return objects.ValueKind == JsonValueKind.Array
            ? new StixBundle(id.GetString(), Objects(objects, "objects", source, limits))
            : throw at.Fault("objects", "expected a list of STIX objects.");
    }

    /// <summary>Reads each text that has escapes once: later, when it is used, is too late to find that it is none.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
        }
    }

    private static ImmutableArray<StixObject> Objects(JsonElement list, string path, string source, StixLimits limits)
    {
        if (list.GetArrayLength() > limits.Objects)
            throw new StixFormatException(source, path, string.Create(CultureInfo.InvariantCulture, $"more than {limits.Objects} objects. Send them in parts."));
        var latest = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = ImmutableArray.CreateBuilder<StixObject>(list.GetArrayLength());
        var number = 0;
        foreach (var json in list.EnumerateArray())
        {
            var at = new StixPlace(source, string.Create(CultureInfo.InvariantCulture, $"{path}[{number++}]"));
            StixRules.Check(json, at);
            var item = new StixObject(json);
            if (!latest.TryGetValue(item.Id, out var known))
            {
                latest.Add(item.Id, read.Count);
                read.Add(item);
            }
            else if (item.Version > read[known].Version)
            {
                read[known] = item;
            }
        }
        return read.ToImmutable();
    }

    private static StixFormatException TooLarge(string source, int most) =>
        new(source, "", string.Create(CultureInfo.InvariantCulture, $"larger than {most} bytes. Send it in parts."));
}

/// <summary>Where in a document something stands.</summary>
/// <param name="Source">The file or address.</param>
/// <param name="Path">The object.</param>
internal readonly record struct StixPlace(string Source, string Path)
{
    /// <summary>What is wrong with a property.</summary>
    public StixFormatException Fault(string property, string problem) =>
        new(Source, Path.Length == 0 ? property : property.Length == 0 ? Path : $"{Path}.{property}", problem);
}
