using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.UnitedNations;

/// <summary>Small lists in the UN format about people who do not exist.</summary>
internal static class UnXml
{
    public const string Person = """
        <INDIVIDUAL>
          <DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
          <FIRST_NAME>TAMIM</FIRST_NAME><SECOND_NAME>YUSUF</SECOND_NAME><THIRD_NAME>AL-NAHRI</THIRD_NAME>
          <UN_LIST_TYPE>Fiction</UN_LIST_TYPE><REFERENCE_NUMBER>FXi.001</REFERENCE_NUMBER><LISTED_ON>2015-04-07</LISTED_ON>
          <NAME_ORIGINAL_SCRIPT>تميم يوسف النهري</NAME_ORIGINAL_SCRIPT>
          <COMMENTS1>Ferryman without a ferry.</COMMENTS1>
          <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE><SORT_KEY/><SORT_KEY_LAST_MOD/>
        </INDIVIDUAL>
        """;

    /// <summary>A list around the given parts.</summary>
    public static string List(string individuals, string entities = "") =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <CONSOLIDATED_LIST dateGenerated="2031-02-03T04:05:06.700Z">
        <INDIVIDUALS>{individuals}</INDIVIDUALS>
        <ENTITIES>{entities}</ENTITIES>
        </CONSOLIDATED_LIST>
        """;

    /// <summary>A list of one person who has the given elements beside name and reference.</summary>
    public static string OnePerson(string elements) =>
        List($"<INDIVIDUAL><FIRST_NAME>TAMIM</FIRST_NAME><REFERENCE_NUMBER>FXi.001</REFERENCE_NUMBER><LISTED_ON>2015-04-07</LISTED_ON>{elements}</INDIVIDUAL>");

    /// <summary>A list of one organisation of the given name that has the given elements.</summary>
    public static string OneOrganization(string name, string elements = "") =>
        List("", $"<ENTITY><FIRST_NAME>{name}</FIRST_NAME><REFERENCE_NUMBER>FXe.001</REFERENCE_NUMBER><LISTED_ON>2015-04-07</LISTED_ON>{elements}</ENTITY>");

    public static ListFile Read(string xml, ListLimits? limits = null) => Read(Encoding.UTF8.GetBytes(xml), limits);

    public static ListFile Read(byte[] bytes, ListLimits? limits = null) => ListReader.Read(new MemoryStream(bytes), "list.xml", limits);

    public static Entity ReadPerson(string elements) => Read(OnePerson(elements)).Entities[0];

    public static ListFormatException Refused(string xml, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(xml, limits));
}
