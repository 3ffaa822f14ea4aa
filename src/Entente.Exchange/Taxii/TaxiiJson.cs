using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Exchange.Taxii;

/// <summary>The JSON of TAXII's own messages.</summary>
public static class TaxiiJson
{
    private const int MaxDepth = 16;

    /// <summary>Names in snake case; what is not said is left out; members that are not known are passed over, as TAXII wants it.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Reads a message that a server sent.</summary>
    /// <param name="utf8">The body; whoever fetched it bounded it.</param>
    /// <param name="source">The address, for messages.</param>
    /// <returns>The message.</returns>
    /// <exception cref="TaxiiFormatException">It is not of this shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string source)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new TaxiiFormatException(source, "expected an object, not null.");
        }
        catch (JsonException fault)
        {
            throw new TaxiiFormatException(source, $"not the answer of a TAXII 2.1 server, at {fault.Path ?? "$"}.", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new TaxiiFormatException(source, "a text holds half of a surrogate pair, or bytes that are not UTF-8.", fault);
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = MaxDepth,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>A server's answer is not TAXII 2.1. The message is one line, for people: where and what.</summary>
/// <param name="source">The address.</param>
/// <param name="problem">What is wrong, one sentence.</param>
/// <param name="inner">What noticed it, if anything.</param>
public sealed class TaxiiFormatException(string source, string problem, Exception? inner = null) : FormatException($"{source}: {problem}", inner);
