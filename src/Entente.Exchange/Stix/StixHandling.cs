using System.Collections.Immutable;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>What the markings on a STIX object say, as far as they are understood. Immutable.</summary>
/// <remarks>What is not understood might be a restriction, so it closes the object: it is never read as if it were not there.</remarks>
public sealed record StixHandling
{
    /// <summary>An object without any marking: nothing is said, so nothing is allowed by it.</summary>
    public static StixHandling Unsaid { get; } = new();

    /// <summary>The closest TLP level that it has; null where it has none.</summary>
    public Tlp? Tlp { get; init; }

    /// <summary>Those whom all of its handling definitions admit.</summary>
    public Audience Audience { get; init; } = Audience.Anyone;

    /// <summary>The marking that the originator gave, with the level and audience above; null where the object does not carry a whole one.</summary>
    public Marking? Marking { get; init; }

    /// <summary>Whether every marking on it was understood. Where not, it is closed: TLP:RED, for nobody.</summary>
    public bool Understood { get; init; } = true;

    /// <summary>Statements and ids of markings that a person must read, as they stand.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>The marking under which the object may be held.</summary>
    /// <param name="own">What the receiver asks for: originator, legal basis, purpose and category of the holding, and its most open level.</param>
    /// <returns>The originator's own marking where there is a whole one; else the receiver's, made as tight as the object asks for.</returns>
    public Marking Over(Marking own)
    {
        var given = Marking ?? own.Tighten(Tlp ?? own.Tlp, Audience);
        return Understood ? given : given with { Tlp = Records.Markings.Tlp.Red, Audience = Audience.Nobody };
    }

    /// <summary>What holds where both hold.</summary>
    internal StixHandling And(StixHandling other) => new()
    {
        Tlp = Tlp is { } one && other.Tlp is { } two ? (one > two ? one : two) : Tlp ?? other.Tlp,
        Audience = Audience.Meet(other.Audience),
        Marking = Marking ?? other.Marking,
        // Two whole markings on one object contradict each other.
        Understood = Understood && other.Understood && (Marking is null || other.Marking is null || Marking == other.Marking),
        Conditions = [.. Conditions.Union(other.Conditions)],
    };
}

/// <summary>Reads the marking definitions of a bundle.</summary>
/// <param name="definitions">The definitions that came along, by their ids.</param>
internal sealed class StixMarkings(IReadOnlyDictionary<string, StixObject> definitions)
{
    /// <summary>What the markings on a whole object say, with those on its parts that are nothing of ours.</summary>
    public StixHandling Of(StixObject item) => Of(item.MarkingRefs);

    /// <summary>What some marking definitions say together.</summary>
    public StixHandling Of(IEnumerable<string> refs)
    {
        var all = refs.Aggregate(StixHandling.Unsaid, (said, id) => said.And(One(id)));
        // A handling definition has no level of its own: a whole marking without a TLP level beside it stays at the closest.
        return all.Marking is { } marking ? all with { Marking = marking with { Tlp = all.Tlp ?? Tlp.Red, Audience = all.Audience } } : all;
    }

    private StixHandling One(string id)
    {
        // By its id first: what is sent under the id of a TLP level changes nothing.
        if (StixTlp.TryParse(id, out var level))
            return new StixHandling { Tlp = level };
        if (!definitions.TryGetValue(id, out var definition))
            return Closed(id);
        if (definition.Extension(StixExtensions.Handling) is { } extension)
            return HandlingDefinition.Read(extension) is { } read ? new StixHandling { Audience = read.Audience, Marking = read.Marking } : Closed(id);
        if (StixTlp.TryRead(definition, out level))
            return new StixHandling { Tlp = level };
        return Closed(definition.Json.TryGetProperty("definition", out var said) && said.ValueKind == System.Text.Json.JsonValueKind.Object
            && said.TryGetProperty("statement", out var statement) && statement.ValueKind == System.Text.Json.JsonValueKind.String ? statement.GetString()! : id);
    }

    private static StixHandling Closed(string condition) => new() { Understood = false, Conditions = [condition] };
}
