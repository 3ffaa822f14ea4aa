using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Store;

/// <summary>JSON as the node writes it into its store and its answers.</summary>
public static class NodeJson
{
    /// <summary>Camel case, enumerations by name, names of people in their own script; duplicates refused.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            AllowDuplicateProperties = false,
            MaxDepth = 32,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new EnumerationsByName());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Enumerations by their names, but for those that say themselves how they are written.</summary>
    private sealed class EnumerationsByName : JsonConverterFactory
    {
        private readonly JsonStringEnumConverter _byName = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) => _byName.CanConvert(typeToConvert) && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

        public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => _byName.CreateConverter(typeToConvert, options);
    }
}
