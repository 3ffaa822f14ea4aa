using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>The marking definitions of the Traffic Light Protocol, which everybody knows by their ids.</summary>
/// <remarks>TLP 2.0: the OASIS common object repository's extension of marking definitions (1 October 2022). TLP 1.0: STIX 2.1, section 7.2.1.4.</remarks>
public static class StixTlp
{
    /// <summary>The id of the extension that TLP 2.0 is said with.</summary>
    public const string Extension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    internal const string Property = "tlp_2_0";

    private static readonly (Tlp Level, string Id, string Word)[] Second =
    [
        (Tlp.Clear, "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
        (Tlp.Green, "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
        (Tlp.Amber, "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
        (Tlp.AmberStrict, "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
        (Tlp.Red, "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
    ];

    private static readonly FrozenDictionary<string, Tlp> Known = Second.Select(each => KeyValuePair.Create(each.Id, each.Level)).Concat(
    [
        new("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp.Clear),
        new("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp.Green),
        new("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Tlp.Amber),
        new("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp.Red),
    ]).ToFrozenDictionary();

    private static readonly FrozenDictionary<Tlp, StixObject> Definitions = Second.ToFrozenDictionary(each => each.Level, each => StixObject.Of(new JsonObject
    {
        ["type"] = "marking-definition",
        ["spec_version"] = StixObject.SpecVersion,
        ["id"] = each.Id,
        ["created"] = "2022-10-01T00:00:00.000Z",
        ["name"] = each.Level.Label(),
        ["extensions"] = new JsonObject { [Extension] = new JsonObject { ["extension_type"] = "property-extension", [Property] = each.Word } },
    }));

    /// <summary>The marking definition of a level of TLP 2.0.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The object as OASIS publishes it.</returns>
    public static StixObject Definition(Tlp level) => Definitions[level];

    /// <summary>The level that the id of a marking definition stands for, whoever sent what under that id.</summary>
    /// <param name="id">An id of TLP 2.0 or TLP 1.0.</param>
    /// <param name="level">The level, or <see cref="Tlp.Red"/> where it is none of them.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string id, out Tlp level) => Known.TryGetValue(id, out level);

    /// <summary>The level that a marking definition under another id says, by TLP 2.0's extension or TLP 1.0's definition.</summary>
    internal static bool TryRead(StixObject definition, out Tlp level)
    {
        level = Tlp.Red;
        if (definition.Extension(Extension) is { } extension)
            return extension.TryGetProperty(Property, out var word) && word.ValueKind == JsonValueKind.String && TlpText.TryParse(word.GetString(), out level);
        return definition.Text("definition_type") == "tlp" && definition.Json.TryGetProperty("definition", out var said) && said.ValueKind == JsonValueKind.Object
            && said.TryGetProperty("tlp", out var old) && old.ValueKind == JsonValueKind.String && TlpText.TryParse(old.GetString(), out level);
    }
}
