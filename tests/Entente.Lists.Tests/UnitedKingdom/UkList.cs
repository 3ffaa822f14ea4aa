using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.UnitedKingdom;

/// <summary>Small lists in the UK formats about people who do not exist.</summary>
internal static class UkList
{
    public const string Name = "<Names><Name><Name6>Nahri</Name6><NameType>Alias</NameType></Name><Name><Name1>Tamim</Name1><Name2>Yusuf</Name2><Name6>AL-NAHRI</Name6><NameType>Primary Name</NameType></Name></Names>";

    public const string CsvHeader = "Report Date: 13-Feb-2031\nLast Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name type,Alias strength,Name non-latin script,Designation Type,Sanctions Imposed,Other Information,Address Line 1,Address Country,Date Designated,D.O.B,Passport number,Town of birth,Country of birth\n";

    public static string Xml(string designations) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><DateGenerated>03/02/2031</DateGenerated>
        {designations}
        </Designations>
        """;

    /// <summary>A designation that has the given elements beside what all have.</summary>
    public static string Entry(string elements, string kind = "Individual", string id = "FIC0001") =>
        $"<Designation><LastUpdated>04/08/2030</LastUpdated><DateDesignated>29/06/2012</DateDesignated><UniqueID>{id}</UniqueID><IndividualEntityShip>{kind}</IndividualEntityShip>{elements}</Designation>";

    public static ListFile Read(string text, ListLimits? limits = null) =>
        ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "uk", limits);

    public static ListFile ReadOne(string elements, string kind = "Individual") => Read(Xml(Entry(elements, kind)));

    public static Entity ReadPerson(string details) =>
        ReadOne($"{Name}<IndividualDetails><Individual>{details}</Individual></IndividualDetails>").Entities[0];

    public static string Refused(string text, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(text, limits)).Message;
}
