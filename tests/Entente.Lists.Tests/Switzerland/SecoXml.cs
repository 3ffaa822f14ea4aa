using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.Switzerland;

/// <summary>Small lists in the format of SECO about people who do not exist.</summary>
internal static class SecoXml
{
    public const string Program = """
        <sanctions-program ssid="20" version-date="2030-05-21">
          <program-key lang="ger">Fiktion</program-key><program-key lang="eng">Fiction</program-key>
          <program-name lang="eng">Ordinance of 1 May 2029 on measures against Fiction</program-name>
          <sanctions-set ssid="21" lang="ger">Anhang 1</sanctions-set><sanctions-set ssid="21" lang="eng">annex 1</sanctions-set>
          <origin>UN</origin>
        </sanctions-program>
        """;

    public const string Place = """<place ssid="70"><location>Aden</location><area>Crater</area><country iso-code="YE">Yemen</country></place>""";

    public const string Name = """
        <name ssid="2" name-type="primary-name" quality="good" lang="eng">
          <name-part order="2" name-part-type="given-name"><value>Tamim</value></name-part>
          <name-part order="1" name-part-type="family-name"><value>Nahri</value></name-part>
        </name>
        """;

    public static string List(string targets, string attributes = "list-type=\"whole-list\" date=\"2031-02-03\"") =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <swiss-sanctions-list {attributes}>
        {Program}
        {targets}
        {Place}
        </swiss-sanctions-list>
        """;

    public static string Target(string body, string history = "<modification modification-type=\"listed\" effective-date=\"2030-01-02\"/>", string ssid = "1") =>
        $"<target ssid=\"{ssid}\"><sanctions-set-id>21</sanctions-set-id>{body}{history}</target>";

    /// <summary>A target that is a person whose main identity holds the given elements.</summary>
    public static string Person(string identity, string rest = "") =>
        Target($"<individual sex=\"male\"><identity ssid=\"3\" main=\"true\">{identity}</identity>{rest}</individual>");

    public static ListFile Read(string xml, ListLimits? limits = null) => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "ch.xml", limits);

    public static Entity ReadPerson(string identity, string rest = "") => Read(List(Person(identity, rest))).Entities[0];

    public static string Refused(string xml, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(xml, limits)).Message;
}
