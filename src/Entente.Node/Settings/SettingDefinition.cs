using System.Text.Json;
using Entente.Node.Store;

namespace Entente.Node.Settings;

/// <summary>A setting that administrators change while the node runs: its name, what it is unless changed, and what it may be.</summary>
/// <remarks>A capability adds its own to the services as <see cref="SettingDefinition"/>.</remarks>
internal abstract class SettingDefinition
{
    private protected SettingDefinition(string name, string description, string defaultJson)
    {
        Name = name;
        Description = description;
        DefaultJson = defaultJson;
    }

    /// <summary>Such as <c>policy.threshold</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in English, for the API; pages have their own words.</summary>
    public string Description { get; }

    /// <summary>What it is unless changed, as JSON.</summary>
    public string DefaultJson { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="json">The value.</param>
    /// <exception cref="SettingException">It is not what the setting may be.</exception>
    public abstract object? Read(JsonElement json);
}

/// <summary>A setting of a type.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="fallback">What it is unless changed.</param>
/// <param name="problem">Says what is wrong with a value; null where nothing is.</param>
internal sealed class SettingDefinition<T>(string name, string description, T fallback, Func<T, string?> problem)
    : SettingDefinition(name, description, JsonSerializer.Serialize(fallback, NodeJson.Options))
{
    /// <summary>What it is unless changed.</summary>
    public T Fallback { get; } = fallback;

    /// <inheritdoc/>
    public override object? Read(JsonElement json)
    {
        T? value;
        try
        {
            value = json.Deserialize<T>(NodeJson.Options);
        }
        catch (JsonException)
        {
            throw new SettingException($"{Name}: {Shorten(json.GetRawText())} is not a value it can have; now and by default it looks like {DefaultJson}.");
        }
        if (value is null && default(T) is not null)
            throw new SettingException($"{Name}: null is not a value it can have.");
        return problem(value!) is { } wrong ? throw new SettingException($"{Name}: {wrong}") : value;
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

/// <summary>A setting cannot have that value; the message says why.</summary>
internal sealed class SettingException(string message) : Exception(message);
