using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.Ofac;

/// <summary>Small OFAC lists, in each of the formats, about people, companies and ships that do not exist.</summary>
internal static class OfacSamples
{
    public const string OldNamespace = "http://tempuri.org/sdnList.xsd";
    public const string NewNamespace = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML";

    public const string Person = """
        <sdnEntry>
          <uid>90001</uid><firstName>Tamim Yusuf</firstName><lastName>AL-NAHRI</lastName><title>Minister of Ferries; Haji</title><sdnType>Individual</sdnType>
          <remarks>(Linked To: RIVER FERRY COMPANY)</remarks>
          <programList><program>SDGT</program><program>FICTION-EO1</program></programList>
          <idList>
            <id><uid>1</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
            <id><uid>2</uid><idType>Passport</idType><idNumber>X0012345</idNumber><idCountry>Yemen</idCountry><issueDate>05/06/1999</issueDate><expirationDate>12/31/2009</expirationDate></id>
            <id><uid>3</uid><idType>Digital Currency Address - XBT</idType><idNumber>1FictionFictionFictionFiction</idNumber></id>
            <id><uid>4</uid><idType>Secondary sanctions risk:</idType><idNumber>section 1(b) of Executive Order 13224</idNumber></id>
            <id><uid>5</uid><idType>Ferryman's Badge No.</idType><idNumber>77</idNumber></id>
          </idList>
          <akaList>
            <aka><uid>6</uid><type>a.k.a.</type><category>strong</category><lastName>EL NAHRI</lastName><firstName>Tameem</firstName></aka>
            <aka><uid>7</uid><type>a.k.a.</type><category>weak</category><lastName>THE FERRYMAN</lastName></aka>
            <aka><uid>8</uid><type>f.k.a.</type><category>strong</category><lastName>AL-BAHRI</lastName><firstName>Tamim</firstName></aka>
            <aka><uid>9</uid><type>n.k.a.</type><category>strong</category><lastName>AL-WADI</lastName><firstName>Tamim</firstName></aka>
          </akaList>
          <addressList><address><uid>10</uid><address1>1 Quay</address1><address2>Old Port</address2><city>Aden</city><country>Yemen</country></address><address><uid>11</uid><country>Korea, North</country></address></addressList>
          <nationalityList><nationality><uid>12</uid><country>Yemen</country><mainEntry>true</mainEntry></nationality></nationalityList>
          <citizenshipList><citizenship><uid>13</uid><country>Oman</country><mainEntry>true</mainEntry></citizenship></citizenshipList>
          <dateOfBirthList>
            <dateOfBirthItem><uid>14</uid><dateOfBirth>03 Feb 1966</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
            <dateOfBirthItem><uid>15</uid><dateOfBirth>circa 1967</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
            <dateOfBirthItem><uid>16</uid><dateOfBirth>1970 to 1972</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
          </dateOfBirthList>
          <placeOfBirthList><placeOfBirthItem><uid>17</uid><placeOfBirth>Pyongyang, Korea, North</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>
        </sdnEntry>
        """;

    public const string Company = """
        <sdnEntry>
          <uid>90002</uid><lastName>RIVER FERRY COMPANY</lastName><sdnType>Entity</sdnType><programList><program>SDGT</program></programList>
          <idList><id><uid>20</uid><idType>Tax ID No.</idType><idNumber>4411</idNumber><idCountry>Yemen</idCountry></id></idList>
        </sdnEntry>
        """;

    public const string Ship = """
        <sdnEntry>
          <uid>90003</uid><lastName>SLOW HERON</lastName><sdnType>Vessel</sdnType><programList><program>SDGT</program></programList>
          <idList>
            <id><uid>30</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 1234567</idNumber></id>
            <id><uid>31</uid><idType>Former Vessel Flag</idType><idNumber>Malta</idNumber></id>
          </idList>
          <vesselInfo><callSign>FIC7</callSign><vesselType>Ferry</vesselType><vesselFlag>Panama</vesselFlag><vesselOwner>River Ferry Company</vesselOwner><tonnage>1,234</tonnage><grossRegisteredTonnage>56,068</grossRegisteredTonnage></vesselInfo>
        </sdnEntry>
        """;

    public const string SdnCsv = """
        90001,"AL-NAHRI, Tamim Yusuf","individual","SDGT] [FICTION-EO1","Minister of Ferries; Haji",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 03 Feb 1966; alt. DOB circa 1967; alt. DOB 1970 to 1972; POB Pyongyang, Korea, North; nationality Yemen; citizen Oman; Gender Male; Passport X0012345 (Yemen) issued 06 May 1999 expires 31 Dec 2009; alt. Digital Currency Address - XBT 1FictionFictionFictionFiction; a.k.a. 'THE FERRYMAN'; Commander of the Night Ferry; rows badly; Ferryman's Badge No. 77; Linked To: RIVER FERRY COMPANY."
        90002,"RIVER FERRY COMPANY",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 4411 (Yemen); Organization Established Date 01 Mar 1990 to 31 Mar 1990; Website www.ferry.example; all offices worldwide."
        90003,"SLOW HERON","vessel","SDGT",-0- ,"FIC7","Ferry","1,234","56,068","Panama","River Ferry Company","Former Vessel Flag Malta; Vessel Registration Identification IMO 1234567; MMSI 123456789; Linked To: NOBODY CORP.."
        90004,"YE-NHR","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Model Reed 2; Aircraft Manufacturer's Serial Number (MSN) 42; Aircraft Tail Number YE-NHR; Aircraft Operator River Ferry Company."

        """;

    public const string AltCsv = """
        90001,6,"aka","EL NAHRI, Tameem",-0- 
        90001,8,"fka","AL-BAHRI, Tamim",-0- 
        90001,9,"nka","AL-WADI, Tamim",-0- 

        """;

    public const string AddCsv = """
        90001,10,"1 Quay, Old Port","Aden","Yemen",-0- 
        90001,11,-0- ,-0- ,"Korea, North",-0- 
        90002,12,"2 ""Blue"" Quay","Aden 12345","Yemen","by appointment"

        """;

    public static string Xml(string entries, string xmlNamespace = NewNamespace, int? count = null) =>
        $"""
        <?xml version="1.0" standalone="yes"?>
        <sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{xmlNamespace}">
        <publshInformation><Publish_Date>02/03/2031</Publish_Date>{(count is null ? "" : $"<Record_Count>{count}</Record_Count>")}</publshInformation>
        {entries}
        </sdnList>
        """;

    /// <summary>An XML list of one person with further elements.</summary>
    public static string OnePerson(string elements) =>
        Xml($"<sdnEntry><uid>90001</uid><firstName>Tamim</firstName><lastName>AL-NAHRI</lastName><sdnType>Individual</sdnType>{elements}</sdnEntry>");

    public static ListFile Read(string text, string name = "list.xml") => Read(Encoding.UTF8.GetBytes(text), name);

    public static ListFile Read(byte[] bytes, string name = "list.xml") => ListReader.Read(new MemoryStream(bytes), name);

    public static ListFormatException Refused(byte[] bytes, string name = "list.xml") => Assert.Throws<ListFormatException>(() => Read(bytes, name));

    public static Entity Get(this ListFile list, string id) => list.Entities.Single(entity => entity.Id == id);

    public static IEnumerable<Entity> Of(this ListFile list, string schema, string property, string value) =>
        list.Entities.Where(entity => entity.Schema == schema && entity.Get(property).Contains(value));

    /// <summary>Text as OFAC writes CSV: CRLF, and the end mark.</summary>
    public static byte[] Csv(string rows, bool end = true) =>
        Encoding.UTF8.GetBytes(rows.ReplaceLineEndings("\r\n") + (end ? "\u001A" : ""));

    /// <summary>Reads sdn.csv from a folder of its own, with other files beside it.</summary>
    public static ListFile ReadFolder(string first, params (string Name, byte[] Bytes)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("entente-ofac-");
        try
        {
            foreach (var (name, bytes) in files)
                File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
            return ListReader.Read(Path.Combine(folder.FullName, first));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static ListFile ReadCsv(string? sdn = null, string? alt = AltCsv, string? add = AddCsv) => ReadFolder("sdn.csv",
        [("sdn.csv", Csv(sdn ?? SdnCsv)), .. alt is null ? [] : new[] { ("alt.csv", Csv(alt)) }, .. add is null ? [] : new[] { ("add.csv", Csv(add)) }]);
}
