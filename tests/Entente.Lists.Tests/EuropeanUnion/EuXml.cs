using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.EuropeanUnion;

/// <summary>Small lists in the EU format about people who do not exist.</summary>
internal static class EuXml
{
    public const string Name = """<nameAlias firstName="Tamim" middleName="Yusuf" lastName="AL-NAHRI" wholeName="Tamim Yusuf AL-NAHRI" function="Ferryman" gender="M" title="Captain" nameLanguage="" strong="true" regulationLanguage="en" logicalId="12"/>""";

    public static string List(string entities) =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2031-02-03T04:05:06.700+01:00" globalFileId="1">
        {entities}
        </export>
        """;

    /// <summary>One entry that has the given elements beside its type.</summary>
    public static string Entry(string elements, string type = "person", string attributes = "", string reference = "EU.1.23", string id = "7") =>
        $"""<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="{reference}" logicalId="{id}" {attributes}><subjectType code="{type}" classificationCode="P"/>{elements}</sanctionEntity>"""
            .Replace("designationDetails=\"\" ", attributes.Contains("designationDetails", StringComparison.Ordinal) ? "" : "designationDetails=\"\" ", StringComparison.Ordinal)
            .Replace("unitedNationId=\"\" ", attributes.Contains("unitedNationId", StringComparison.Ordinal) ? "" : "unitedNationId=\"\" ", StringComparison.Ordinal);

    public static ListFile Read(string xml, ListLimits? limits = null) =>
        ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "eu.xml", limits);

    public static ListFile ReadOne(string elements, string type = "person", string attributes = "") => Read(List(Entry(elements, type, attributes)));

    public static Entity Sanction(this ListFile list) => list.Entities.Single(e => e.Schema == "Sanction");
}
