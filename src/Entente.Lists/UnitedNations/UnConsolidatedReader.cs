using System.Globalization;
using Entente.Lists.Drafts;

namespace Entente.Lists.UnitedNations;

/// <summary>Reads the consolidated list of the UN Security Council, the official XML.</summary>
/// <remarks>
/// Layout: https://www.un.org/sc/resources/sc-sanctions.xsd. Every INDIVIDUAL becomes a Person and every ENTITY an
/// Organization (the list names shipping companies, and their ships only in remarks), each followed by its
/// Sanction, its documents and its addresses. Ids are made of the reference: <c>un-QDi.430</c>, <c>un-QDi.430-sanction</c>.
/// </remarks>
internal sealed class UnConsolidatedReader(ListXml xml, string file, ListLimits limits)
{
    public const string RootElement = "CONSOLIDATED_LIST";

    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "un-sc";

    private readonly ListDraft _list = new(file, limits, Dataset);

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        var version = xml.Attribute("dateGenerated");
        _list.GeneratedAt = Generated(version, xml.Line);
        var sections = 0;
        xml.EachChild(section =>
        {
            var (record, schema) = section switch
            {
                "INDIVIDUALS" => ("INDIVIDUAL", "Person"),
                "ENTITIES" => ("ENTITY", "Organization"),
                _ => (null, ""),
            };
            if (record is null)
            {
                LeaveOut(section);
                return;
            }
            sections++;
            xml.EachChild(name =>
            {
                if (name == record)
                    Add(xml.ReadRecord(), schema);
                else
                    LeaveOut(name);
            });
        });
        xml.ReadToEnd();

        if (sections == 0)
            throw _list.Error(null, "the list has neither <INDIVIDUALS> nor <ENTITIES>. Fetch it again.");
        return _list.Complete(Describe(version));
    }

    private void Add(ListElement record, string schema)
    {
        var reference = record.Value("REFERENCE_NUMBER")
            ?? throw _list.Error(record.Line, $"<{record.Name}> has no REFERENCE_NUMBER, so that nothing can refer to it. Fetch the list again.");
        var draft = _list.Begin(reference, "un-" + reference, schema, record.Line);
        new UnRecordMapper(record, draft).Map();
        _list.Add(draft, record.Line);
    }

    private void LeaveOut(string element)
    {
        _list.Warn(xml.Line, "", $"the element <{element}> is not known and was left out.");
        xml.Skip();
    }

    private DateTimeOffset? Generated(string? version, int line)
    {
        if (DateTimeOffset.TryParse(version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var generated))
            return generated;
        _list.Warn(line, "", "the list does not say when it was made (dateGenerated).");
        return null;
    }

    private ListMetadata Describe(string? version) => new()
    {
        Dataset = Dataset,
        Title = "United Nations Security Council Consolidated List",
        Publisher = "United Nations Security Council",
        LegalBasis = "Charter of the United Nations, Article 41",
        SourceUrl = "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        Version = version,
        GeneratedAt = _list.GeneratedAt,
    };
}
