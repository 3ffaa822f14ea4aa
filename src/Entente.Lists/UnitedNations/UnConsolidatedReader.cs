using System.Collections.Immutable;
using System.Globalization;
using Entente.Records;

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

    private readonly ImmutableArray<Entity>.Builder _entities = ImmutableArray.CreateBuilder<Entity>();
    private readonly ImmutableArray<ListWarning>.Builder _warnings = ImmutableArray.CreateBuilder<ListWarning>();
    private readonly Dictionary<string, int> _lineOfReference = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        var version = xml.Attribute("dateGenerated");
        var generatedAt = Generated(version, xml.Line);
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
                    Add(xml.ReadRecord(), schema, generatedAt);
                else
                    LeaveOut(name);
            });
        });
        xml.ReadToEnd();

        if (_entities.Count == 0)
        {
            throw new ListFormatException(file, null, null, sections == 0
                ? "the list has neither <INDIVIDUALS> nor <ENTITIES>. Fetch it again."
                : "the list has no entries. An empty list would clear everyone; it is refused. Fetch it again.");
        }
        return new ListFile(Describe(version, generatedAt), _entities.DrainToImmutable(), _warnings.DrainToImmutable());
    }

    private void Add(ListElement record, string schema, DateTimeOffset? generatedAt)
    {
        var reference = record.Value("REFERENCE_NUMBER");
        if (reference is null)
        {
            throw new ListFormatException(file, record.Line, null,
                $"<{record.Name}> has no REFERENCE_NUMBER, so that nothing can refer to it. Fetch the list again.");
        }
        if (!_lineOfReference.TryAdd(reference, record.Line))
        {
            throw new ListFormatException(file, record.Line, null,
                $"the reference {reference} stands twice; first in line {_lineOfReference[reference].ToString(CultureInfo.InvariantCulture)}. Fetch the list again.");
        }

        _entities.AddRange(new UnRecordMapper(record, reference, schema, generatedAt, _warnings.Add).Map());
        if (_entities.Count > limits.MaxEntities)
        {
            throw new ListFormatException(file, record.Line, null,
                $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
        }
    }

    private void LeaveOut(string element)
    {
        _warnings.Add(new ListWarning(xml.Line, "", $"the element <{element}> is not known and was left out."));
        xml.Skip();
    }

    private DateTimeOffset? Generated(string? version, int line)
    {
        if (DateTimeOffset.TryParse(version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var generated))
            return generated;
        _warnings.Add(new ListWarning(line, "", "the list does not say when it was made (dateGenerated)."));
        return null;
    }

    private static ListMetadata Describe(string? version, DateTimeOffset? generatedAt) => new()
    {
        Dataset = Dataset,
        Title = "United Nations Security Council Consolidated List",
        Publisher = "United Nations Security Council",
        LegalBasis = "Charter of the United Nations, Article 41",
        SourceUrl = "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        Version = version,
        GeneratedAt = generatedAt,
    };
}
