using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Stix;

namespace Entente.Exchange.Taxii;

/// <summary>A page of objects, as a server sent it.</summary>
/// <remarks>TAXII 2.1, section 3.7.</remarks>
/// <param name="More">Whether there is more after it.</param>
/// <param name="Next">What to ask for it with; null where the server says nothing.</param>
/// <param name="Objects">The objects that are in order, in the order they came; of one object there may be several versions.</param>
/// <param name="Faults">What is wrong with those that are not, each in one sentence with its place: one bad object does not keep the others out.</param>
public sealed record TaxiiEnvelope(bool More, string? Next, ImmutableArray<StixObject> Objects, ImmutableArray<string> Faults)
{
    // A cursor is the server's business; one as long as this is none.
    private const int LongestNext = 4096;

    /// <summary>Reads a page.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="source">The address, for messages.</param>
    /// <param name="limits">How much is read; null for <see cref="StixLimits.Usual"/>.</param>
    /// <returns>The page.</returns>
    /// <exception cref="TaxiiFormatException">It is no envelope, or more than the limits.</exception>
    public static TaxiiEnvelope Read(ReadOnlyMemory<byte> utf8, string source, StixLimits? limits = null)
    {
        limits ??= StixLimits.Usual;
        if (utf8.Length > limits.Bytes)
            throw new TaxiiFormatException(source, string.Create(CultureInfo.InvariantCulture, $"the page is larger than {limits.Bytes} bytes; ask for fewer objects at once."));
        JsonElement root;
        try
        {
            root = StixReader.Parse(utf8, source, limits);
        }
        catch (StixFormatException fault)
        {
            throw new TaxiiFormatException(source, fault.Problem, fault);
        }
        if (root.ValueKind != JsonValueKind.Object)
            throw new TaxiiFormatException(source, "expected an envelope, which is an object.");
        var more = root.TryGetProperty("more", out var said) && (said.ValueKind is JsonValueKind.True || (said.ValueKind != JsonValueKind.False ? throw new TaxiiFormatException(source, "more: expected true or false.") : false));
        string? next = null;
        if (root.TryGetProperty("next", out var cursor))
            next = cursor.ValueKind == JsonValueKind.String && cursor.GetString() is { Length: > 0 and <= LongestNext } text ? text : throw new TaxiiFormatException(source, "next: expected a text of up to 4096 letters.");
        if (!root.TryGetProperty("objects", out var list))
            return new TaxiiEnvelope(more, next, [], []);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > limits.Objects)
            throw new TaxiiFormatException(source, string.Create(CultureInfo.InvariantCulture, $"objects: expected a list of up to {limits.Objects} objects."));
        var objects = ImmutableArray.CreateBuilder<StixObject>(list.GetArrayLength());
        var faults = ImmutableArray.CreateBuilder<string>();
        var number = 0;
        foreach (var json in list.EnumerateArray())
        {
            try
            {
                StixRules.Check(json, new StixPlace(source, string.Create(CultureInfo.InvariantCulture, $"objects[{number++}]")));
                objects.Add(new StixObject(json));
            }
            catch (StixFormatException fault)
            {
                faults.Add(fault.Message);
            }
        }
        return new TaxiiEnvelope(more, next, objects.ToImmutable(), faults.ToImmutable());
    }
}
