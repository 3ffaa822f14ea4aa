using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Reads the consolidated list of EU financial sanctions ('Financial Sanctions Files', XML 1.1).</summary>
/// <remarks>
/// Nearly all is in attributes; one that is not set is empty. Ids are made of the EU reference number
/// (<c>eu-fsf-EU.3523.13</c>): it identifies the entry in the legal acts and in member states' registers, and an entry
/// of 2018 has it still. The number of the Commission's database (<c>logicalId</c>) serves only where there is none.
/// </remarks>
internal sealed class EuSanctionsReader(ListXml xml, string file, ListLimits limits)
{
    public const string RootElement = "export";

    public const string Namespace = "http://eu.europa.ec/fpi/fsd/export";

    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "eu-fsf";

    private readonly ListDraft _list = new(file, limits, Dataset);
    private readonly EuVocabulary _vocabulary = new();

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        var version = xml.Attribute("generationDate");
        if (DateTimeOffset.TryParse(version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var generated))
            _list.GeneratedAt = generated;
        else
            _list.Warn(xml.Line, "", "the list does not say when it was made (generationDate).");

        xml.EachChild(name =>
        {
            if (name == "sanctionEntity")
            {
                Add(xml.ReadRecord());
                return;
            }
            _list.Warn(xml.Line, "", $"the element <{name}> is not known and was left out.");
            xml.Skip();
        });
        xml.ReadToEnd();
        return _list.Complete(Describe(version));
    }

    private void Add(ListElement record)
    {
        var reference = record.Attribute("euReferenceNumber") ?? record.Attribute("logicalId")
            ?? throw _list.Error(record.Line, "<sanctionEntity> has neither euReferenceNumber nor logicalId, so that nothing can refer to it. Fetch the list again.");
        var schema = Schema(record);
        var draft = _list.Begin(reference, "eu-fsf-" + reference, schema ?? "LegalEntity", record.Line);
        if (schema is null)
            draft.Warn(record.Line, "the subject type is neither 'person' nor 'enterprise'; the entry was read as one or the other.");
        _vocabulary.Check(record, draft);
        new EuRecordMapper(record, draft).Map();
        _list.Add(draft, record.Line);
    }

    // The list has no type for ships. It gives them as enterprises with the IMO number of a ship; shipping companies
    // have IMO numbers too, with other check digits, and most are registered somewhere.
    private static string? Schema(ListElement record)
    {
        var type = record.All("subjectType").FirstOrDefault();
        switch (type?.Attribute("code") ?? type?.Attribute("classificationCode"))
        {
            case "person" or "P":
                return "Person";
            case "enterprise" or "E":
                var papers = record.All("identification").ToList();
                var ship = papers.Any(paper => paper.Attribute("identificationTypeCode") == "imo" && ShipNumber.IsShips(ShipNumber.Digits(paper.Attribute("number") ?? "")));
                return ship && papers.All(paper => paper.Attribute("identificationTypeCode") == "imo") ? "Vessel" : "Organization";
            default:
                return null;
        }
    }

    private ListMetadata Describe(string? version) => new()
    {
        Dataset = Dataset,
        Title = "Consolidated list of persons, groups and entities subject to EU financial sanctions",
        Publisher = "European Commission",
        LegalBasis = "Treaty on the Functioning of the European Union, Articles 75 and 215",
        SourceUrl = "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content",
        Version = version,
        GeneratedAt = _list.GeneratedAt,
    };
}
