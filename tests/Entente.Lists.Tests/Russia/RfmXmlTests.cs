using System.Text;

namespace Entente.Lists.Tests.Russia;

/// <summary>Rosfinmonitoring's list as the XML for reporting organisations.</summary>
public sealed class RfmXmlTests
{
    private const string Person = """
        <Субъект><ИдСубъекта>101</ИдСубъекта><УНС>0001</УНС><ТипСубъекта><Идентификатор>4</Идентификатор><Наименование>Физическое лицо</Наименование></ТипСубъекта>
        <ФЛ><ФИО>РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ</ФИО><Фамилия>РЕЧНОЙ</Фамилия><Имя>ТИМОФЕЙ</Имя><Отчество>ИВАНОВИЧ</Отчество><ФИОЛат>RECHNOI TIMOFEI</ФИОЛат>
        <ДатаРождения>1980-03-23</ДатаРождения><ГодРождения>1980</ГодРождения><МестоРождения>Г. РЕЧНОЙ</МестоРождения><ИНН>000000000000</ИНН><СНИЛС>00000000000</СНИЛС>
        <СписокДрНаименований><ДрНаименование><ФИО>РЕЧНОВ ТИМ</ФИО><ГодРождения>1981</ГодРождения></ДрНаименование></СписокДрНаименований>
        <СписокГражданств><Гражданство>РОССИЙСКАЯ ФЕДЕРАЦИЯ</Гражданство></СписокГражданств>
        <СписокДокументов><Документ><ТипДокумента><Наименование>ПАСПОРТ ГРАЖДАНИНА РФ</Наименование></ТипДокумента><Серия>0000</Серия><Номер>123456</Номер><ОрганВыдачи>ОВД РЕЧНОГО</ОрганВыдачи><ДатаВыдачи>2001-02-03</ДатаВыдачи></Документ></СписокДокументов></ФЛ>
        <СписокАдресов><Адрес><Страна><Код>643</Код></Страна><ТекстАдреса>Г. РЕЧНОЙ, УЛ. ПРИЧАЛЬНАЯ, 1</ТекстАдреса></Адрес></СписокАдресов>
        <История><ДатаВключения>2029-01-02</ДатаВключения><ДатаИзменения>2030-01-02</ДатаИзменения></История><Террорист>1</Террорист><Примечание>Паромщик</Примечание></Субъект>
        """;

    private const string Organisation = "<Субъект><ИдСубъекта>102</ИдСубъекта><Орг><Наименование>ОБЩЕСТВО РЕЧНИКОВ</Наименование><НаименованиеЛат>RIVER SOCIETY</НаименованиеЛат><ИНН>7700000000</ИНН><ОГРН>1000000000000</ОГРН></Орг></Субъект>";

    private static string List(string subjects, string more = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Перечень><ВерсияФормата>2.0</ВерсияФормата><ДатаПеречня>2031-02-03</ДатаПеречня><АктуальныйПеречень>{subjects}</АктуальныйПеречень>{more}</Перечень>";

    private static ListFile Read(string xml) => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "list.xml");

    private static string Refused(string xml) => Assert.Throws<ListFormatException>(() => Read(xml)).Message;

    [Fact]
    public void A_subject_becomes_a_person_with_all_that_hangs_on_it()
    {
        var list = Read(List(Person + Organisation));
        Assert.Empty(list.Warnings);
        Assert.Equal(("ru-rfm", "2031-02-03"), (list.Metadata.Dataset, list.Metadata.Version));
        var person = list.Entities[0];
        Assert.Equal(("ru-rfm-101", "Person", "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", "RECHNOI TIMOFEI|РЕЧНОВ ТИМ"), (person.Id, person.Schema, person.Of("name"), person.Of("alias")));
        Assert.Equal(("РЕЧНОЙ", "ТИМОФЕЙ", "ИВАНОВИЧ"), (person.Of("lastName"), person.Of("firstName"), person.Of("fatherName")));
        Assert.Equal(("1980-03-23|1981", "Г. РЕЧНОЙ", "ru", "ru"), (person.Of("birthDate"), person.Of("birthPlace"), person.Of("citizenship"), person.Of("country")));
        Assert.Equal(("0000 123456", "000000000000", "00000000000", "Паромщик"), (person.Of("passportNumber"), person.Of("innCode"), person.Of("socialSecurityNumber"), person.Of("notes")));
        Assert.Equal(("sanction|crime.terror", "Terrorism"), (person.Of("topics"), person.Of("program")));
        Assert.Equal(("101", "0001", "2029-01-02", "2030-01-02"), (list.Entities[1].Of("recordId"), list.Entities[1].Of("authorityId"), list.Entities[1].Of("listingDate"), list.Entities[1].Of("modifiedAt")));
        var passport = list.Entities.Single(e => e.Schema == "Passport");
        Assert.Equal(("0000 123456", "ОВД РЕЧНОГО", "2001-02-03"), (passport.Of("number"), passport.Of("authority"), passport.Of("startDate")));
        Assert.Equal("Г. РЕЧНОЙ, УЛ. ПРИЧАЛЬНАЯ, 1", list.Entities.Single(e => e.Schema == "Address").Of("full"));

        var organisation = list.Entities.Single(e => e.Schema == "Organization");
        Assert.Equal(("ОБЩЕСТВО РЕЧНИКОВ", "RIVER SOCIETY", "7700000000", "1000000000000", "sanction"), (organisation.Of("name"), organisation.Of("alias"), organisation.Of("innCode"), organisation.Of("ogrnCode"), organisation.Of("topics")));
    }

    [Fact]
    public void Only_a_year_of_birth_is_a_birth_date_too() =>
        Assert.Equal("1980", Read(List("<Субъект><ИдСубъекта>1</ИдСубъекта><ФЛ><ФИО>РЕЧНОЙ ТИМ</ФИО><ГодРождения>1980</ГодРождения></ФЛ></Субъект>")).Entities[0].Of("birthDate"));

    [Fact]
    public void Who_was_taken_off_lately_is_not_listed()
    {
        var list = Read(List(Organisation, $"<ПоследниеИсключенные>{Person}</ПоследниеИсключенные>"));
        Assert.Equal("ОБЩЕСТВО РЕЧНИКОВ", Assert.Single(list.Entities, e => e.Target == true).Caption);
    }

    [Fact]
    public void What_is_not_known_is_told_and_the_rest_is_read()
    {
        var list = Read(List("<Субъект><ИдСубъекта>1</ИдСубъекта><ФЛ><ФИО>РЕЧНОЙ ТИМ</ФИО><Обувь>44</Обувь></ФЛ></Субъект><Субъект><ИдСубъекта>2</ИдСубъекта></Субъект>"));
        Assert.Contains(list.Warnings, w => w.Message.Contains("<Обувь>", StringComparison.Ordinal));
        Assert.Contains(list.Warnings, w => w.Reference == "2" && w.Message.Contains("has no name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_windows_1251_reads_the_same_and_one_that_is_not_what_it_says_is_refused()
    {
        var xml = List(Person + Organisation);
        byte[] In(Encoding encoding, string declared) => encoding.GetBytes(xml.Replace("encoding=\"UTF-8\"", $"encoding='{declared}'", StringComparison.Ordinal));
        var expected = Read(xml).Entities.SelectMany(e => e.Statements);
        Assert.Equal(expected, ListReader.Read(new MemoryStream(In(Dbf.Windows1251, "windows-1251")), "list.xml").Entities.SelectMany(e => e.Statements));
        Assert.Equal(expected, ListReader.Read(new MemoryStream(In(Dbf.Cp866, "CP866")), "list.xml").Entities.SelectMany(e => e.Statements));

        string Fault(byte[] bytes) => Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(bytes), "list.xml")).Message;
        Assert.Contains("do not fit its encoding", Fault(In(Dbf.Windows1251, "UTF-8")), StringComparison.Ordinal);
        Assert.Contains("'horoscope-12', which Entente does not read", Fault(In(Encoding.UTF8, "horoscope-12")), StringComparison.Ordinal);
        Assert.Contains("does not read", Fault(In(Encoding.UTF8, "")), StringComparison.Ordinal);
        Assert.Contains("does not read", Fault(In(Encoding.UTF8, "shift_jis")), StringComparison.Ordinal);
        Assert.Contains("does not read", Fault(In(Encoding.UTF8, "IBM037")), StringComparison.Ordinal); // whose '<' is another byte
        Assert.Contains("do not fit its encoding", Fault(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='x-mac-hebrew'?><data-set><record><Country>a\u00CB</Country></record></data-set>")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Encoding.GetEncoding("windows-1251")); // nothing here has registered it
    }

    [Fact]
    public void What_a_person_has_and_an_organisation_cannot_have_goes_to_the_notes()
    {
        var list = Read(List("<Субъект><ИдСубъекта>1</ИдСубъекта><Орг><Наименование>РЕКА</Наименование><ДатаРождения>2001-02-03</ДатаРождения><МестоРождения>АДЕН</МестоРождения><Пол>М</Пол><СписокДрНаименований><ДрНаименование><Наименование>ОЗЕРО</Наименование><ГодРождения>2002</ГодРождения><МестоРождения>САНА</МестоРождения></ДрНаименование></СписокДрНаименований></Орг></Субъект>"));
        var organisation = list.Entities[0];
        Assert.Equal(("Organization", "", "", "", "ОЗЕРО"), (organisation.Schema, organisation.Of("birthDate"), organisation.Of("birthPlace"), organisation.Of("gender"), organisation.Of("alias")));
        Assert.Equal("Date: 2001-02-03|АДЕН|Date: 2002|САНА", organisation.Of("notes"));
        Assert.Contains("gender 'М'", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gender_that_is_not_known_and_a_second_name_are_told_of()
    {
        var list = Read(List("<Субъект><ИдСубъекта>1</ИдСубъекта><ФЛ><ФИО>РЕЧНОЙ ТИМ</ФИО><ФИО>ОЗЕРНЫЙ ТИМ</ФИО><Пол>ЩУКА</Пол></ФЛ></Субъект>"));
        Assert.Equal(("РЕЧНОЙ ТИМ", "ОЗЕРНЫЙ ТИМ", ""), (list.Entities[0].Of("name"), list.Entities[0].Of("alias"), list.Entities[0].Of("gender")));
        Assert.Equal(["second name", "'ЩУКА'"], list.Warnings.Select(w => w.Message.Contains("second name", StringComparison.Ordinal) ? "second name" : "'ЩУКА'"));
    }

    [Fact]
    public void A_file_without_the_list_in_force_or_without_references_is_refused()
    {
        Assert.Contains("<АктуальныйПеречень>", Refused("<Перечень><ДатаПеречня>2031-02-03</ДатаПеречня></Перечень>"), StringComparison.Ordinal);
        Assert.Contains("no entries", Refused(List("")), StringComparison.Ordinal);
        Assert.Contains("neither ИдСубъекта nor УНС", Refused(List("<Субъект><ФЛ/></Субъект>")), StringComparison.Ordinal);
        Assert.Contains("reference 102 stands twice", Refused(List(Organisation + Organisation)), StringComparison.Ordinal);
        Assert.Contains("cut off", Refused(List(Person)[..^40]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_vocabulary_of_the_members_file_is_read_without_a_complaint()
    {
        var list = ListReader.Read(RealData.File("lists/samples/rosfinmonitoring_te2_format_SYNTHETIC.xml"));
        Assert.Empty(list.Warnings);
        Assert.Equal(["Person", "Organization"], list.Entities.Where(e => e.Target == true).Select(e => e.Schema));
    }
}
