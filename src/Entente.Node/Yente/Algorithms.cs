using System.Collections.Immutable;
using System.Text.Json;
using Entente.Node.Hosting;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>The one algorithm of this node, in the place where yente offers several.</summary>
internal static class Algorithms
{
    /// <summary>Its name.</summary>
    public const string Name = "entente";

    /// <summary>Names of yente's own that clients ask for; they get this one, and the answer says so.</summary>
    private static readonly ImmutableArray<string> Aliases = ["best", "logic-v1", "logic-v2", "name-based", "name-qualified", "regression-v1", "regression-v2"];

    private static readonly (string Name, string Description)[] Features =
    [
        ("name", "Bits for and against from the names: parts that agree, by how rare they are, less what is missing on either side."),
        ("birthDate", "Bits from birth dates, also partial ones."),
        ("nationality", "Bits from nationalities."),
        ("country", "Bits from countries that either side is tied to."),
        ("gender", "Bits from genders."),
        ("birthPlace", "Bits from places of birth."),
        ("document", "Bits from numbers of documents and registrations."),
    ];

    /// <summary>Checks that a client asks for an algorithm that it can get.</summary>
    /// <exception cref="RequestException">It cannot.</exception>
    public static void Check(string? name)
    {
        if (name is { Length: > 0 } && name != Name && !Aliases.Contains(name))
            throw RequestException.Bad($"Invalid algorithm: {QueryText.Short(name)}. This node has '{Name}'; see /algorithms.");
    }

    /// <summary>The feature that a piece of evidence counts for.</summary>
    public static string FeatureOf(string evidence) => Array.Exists(Features, feature => feature.Name == evidence) ? evidence : "name";

    /// <summary>Writes what the features are.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="weights">The factors that hold.</param>
    public static void WriteFeatures(Utf8JsonWriter json, string member, FeatureWeights weights)
    {
        json.WriteStartObject(member);
        foreach (var (name, description) in Features)
        {
            json.WriteStartObject(name);
            json.WriteString("description", description);
            json.WriteNumber("coefficient", weights.Of(name));
            json.WriteString("url", "/algorithms");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to <c>/algorithms</c>.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        var description = $"Weights of evidence in bits, by how rare what agrees is, across scripts. Also under the names {string.Join(", ", Aliases)}, so that clients of yente work unchanged.";
        json.WriteStartArray("algorithms");
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("description", description);
        WriteFeatures(json, "features", FeatureWeights.Default);
        json.WriteStartObject("docs");
        json.WriteString("name", Name);
        json.WriteString("description", description);
        json.WriteStartObject("config");
        json.WriteEndObject();
        WriteFeatures(json, "features", FeatureWeights.Default);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("default", Name);
        json.WriteString("best", Name);
    }
}
