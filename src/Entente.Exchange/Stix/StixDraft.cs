using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Exchange.Marked;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>One object of a record while it is made: what STIX has a property for, and which statement each of them repeats.</summary>
internal sealed class StixDraft
{
    private readonly MarkedEntity _record;
    private readonly List<(string Selector, string Value, string? Property)> _repeated = [];

    public StixDraft(MarkedEntity record, string type, string id, DateTimeOffset created, DateTimeOffset modified)
    {
        _record = record;
        Json = new JsonObject
        {
            ["type"] = type,
            ["spec_version"] = StixObject.SpecVersion,
            ["id"] = id,
            ["created_by_ref"] = StixIds.OfNode(record.Marking.Originator),
            ["created"] = StixTime.Format(created),
            ["modified"] = StixTime.Format(modified),
        };
    }

    public JsonObject Json { get; }

    private Entity Entity => _record.Entity;

    /// <summary>Sets a property to the first value that one of some properties of the entity has.</summary>
    public void First(string name, params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (Entity.Get(property) is not [var value, ..])
                continue;
            Json[name] = value;
            _repeated.Add((name, value, property));
            return;
        }
    }

    /// <summary>Sets a property to what a value becomes.</summary>
    public void Set(string name, JsonNode said, string property, string value)
    {
        Json[name] = said;
        _repeated.Add((name, value, property));
    }

    /// <summary>Sets a property to the entity's caption, whichever value that is.</summary>
    public void Caption(string name)
    {
        Json[name] = Entity.Caption;
        _repeated.Add((name, Entity.Caption, null));
    }

    /// <summary>The addresses of web pages on the entity.</summary>
    public void References()
    {
        var references = new JsonArray();
        foreach (var url in Entity.Get("sourceUrl"))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                continue;
            _repeated.Add((string.Create(CultureInfo.InvariantCulture, $"external_references.[{references.Count}]"), url, "sourceUrl"));
            references.Add(new JsonObject { ["source_name"] = address.Host, ["url"] = address.AbsoluteUri });
        }
        if (references.Count > 0)
            Json["external_references"] = references;
    }

    /// <summary>Adds the entity itself and the markings, and makes the object.</summary>
    /// <param name="extensions">Extensions that it has beside.</param>
    public StixObject Finish(JsonObject? extensions = null)
    {
        var (entity, selectors) = StixEntity.Write(_record);
        if (Entity.Caption.Length > 0)
            _repeated.Add(($"extensions.{StixExtensions.Entity}.caption", Entity.Caption, null));
        extensions ??= [];
        extensions[StixExtensions.Entity] = entity;
        Json["object_marking_refs"] = new JsonArray(StixTlp.Definition(_record.Marking.Tlp).Id, HandlingDefinition.Of(_record.Marking).Id);
        Mark(selectors);
        Json["extensions"] = extensions;
        return StixObject.Of(Json);
    }

    private void Mark(IReadOnlyList<(string Selector, Statement Statement)> selectors)
    {
        var granular = new JsonArray();
        foreach (var group in _record.Marks.GroupBy(mark => (mark.Mark.Tlp, Audience: mark.Mark.Audience.ToString(), mark.Mark.Audience.IsAnyone)))
        {
            var values = group.Select(mark => (mark.Property, mark.Value)).ToHashSet();
            string[] marked =
            [
                .. selectors.Where(one => values.Contains((one.Statement.Property, one.Statement.Value))).Select(one => one.Selector),
                .. _repeated.Where(one => one.Property is { } property ? values.Contains((property, one.Value)) : values.Any(value => value.Value == one.Value)).Select(one => one.Selector),
            ];
            // Marks on what the entity does not have say nothing, and a list must not be empty.
            if (!marked.Any(selector => selector.Contains(".statements.", StringComparison.Ordinal)))
                continue;
            var mark = group.First().Mark;
            granular.Add(Granular(StixTlp.Definition(mark.Tlp).Id, marked));
            if (!mark.Audience.IsAnyone)
                granular.Add(Granular(HandlingDefinition.Of(mark.Audience, Level(mark)).Id, marked));
        }
        if (granular.Count > 0)
            Json["granular_markings"] = granular;
    }

    /// <summary>The level of the definition that names an audience: that of the statement, which tells the same people.</summary>
    private Tlp Level(StatementMark mark) => mark.Under(_record.Marking).Tlp;

    private static JsonObject Granular(string marking, IEnumerable<string> selectors) => new()
    {
        ["marking_ref"] = marking,
        ["selectors"] = new JsonArray([.. selectors.Select(selector => JsonValue.Create(selector))]),
    };
}
