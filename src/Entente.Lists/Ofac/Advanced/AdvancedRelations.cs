using System.Globalization;
using Entente.Records;

namespace Entente.Lists.Ofac.Advanced;

/// <summary>Links between entries of the advanced XML: its <c>ProfileRelationship</c>.</summary>
internal sealed class AdvancedRelations(ReferenceValues references, OfacList list)
{
    private int _lost;
    private int _firstLost;

    /// <summary>Adds one link.</summary>
    public void Add(ListElement relation)
    {
        var from = list.Find(relation.Attribute("From-ProfileID"));
        var to = list.Find(relation.Attribute("To-ProfileID"));
        if (from is null || to is null)
        {
            if (_lost++ == 0)
                _firstLost = relation.Line;
            return;
        }

        var type = references.Text("RelationType", relation.Attribute("RelationTypeID")) ?? "Linked To";
        var comment = relation.Value("Comment");
        var (schema, source, target) = SchemaOf(type, from.Subject.Schema, to.Subject.Schema);
        var link = from.Draft.Link("link", schema, $"{type}|{to.Subject.Id}|{comment}");
        link.Add(source, from.Subject.Id).Add(target, to.Subject.Id)
            .Add(schema is "Family" or "Associate" ? "relationship" : "role", type)
            .Add("description", comment);
        if (relation.Attribute("Former") == "true")
            link.Add("summary", "former");

        // What OFAC says of how sure it is; 'Unknown' is nearly always.
        var quality = references.Text("RelationQuality", relation.Attribute("RelationQualityID"));
        if (quality is "High" or "Low")
            link.Add("summary", "Quality: " + quality);
        if (AdvancedDates.Period(relation.All("DatePeriod").FirstOrDefault()) is { } period)
            AddPeriod(from, link, period, relation.Line);
    }

    /// <summary>Says how many links led nowhere.</summary>
    public void Complete()
    {
        if (_lost > 0)
            list.Warn(_firstLost, "", $"{_lost.ToString(CultureInfo.InvariantCulture)} links are of entries that this list does not have, and were left out.");
    }

    private static void AddPeriod(OfacEntry from, EntityBuilder link, string period, int line)
    {
        var ends = period.Replace("circa ", "", StringComparison.Ordinal).Split(" to ");
        from.Draft.AddDate(link, "startDate", ends[0], line);
        if (ends.Length > 1)
            from.Draft.AddDate(link, "endDate", ends[1], line);
    }

    // Each FtM link takes only some kinds of entities at its ends; where these are others, the link is of no certain kind.
    private static (string Schema, string Source, string Target) SchemaOf(string type, string from, string to)
    {
        var people = from == "Person" && to == "Person";
        var legal = IsA(from, "LegalEntity") && IsA(to, "LegalEntity");
        return type.ToLowerInvariant() switch
        {
            "owned or controlled by" when IsA(from, "Asset") && IsA(to, "LegalEntity") => ("Ownership", "asset", "owner"),
            "property in the interest of" when IsA(from, "Asset") && IsA(to, "LegalEntity") => ("Ownership", "asset", "owner"),
            "owned or controlled by" when legal => ("Control", "object", "subject"),
            "family member of" when people => ("Family", "person", "relative"),
            "associate of" when people => ("Associate", "person", "associate"),
            "acting for or on behalf of" when legal => ("Representation", "agent", "client"),
            "leader or official of" or "principal executive officer" or "principal executive officer of" when legal && IsA(to, "Organization") => ("Directorship", "director", "organization"),
            _ => ("UnknownLink", "subject", "object"),
        };
    }

    private static bool IsA(string schema, string ancestor) => Schemata.IsA(schema, ancestor);
}
