using System.Text;

namespace Entente.Lists.Tests.Russia;

/// <summary>Rosfinmonitoring's list as text and as web page.</summary>
public sealed class RfmTextTests
{
    private const string Text = """
        Перечень организаций и физических лиц, в отношении которых имеются сведения, по состоянию на 03.02.2031
        Национальная часть
        Организации
        1. "ДВИЖЕНИЕ РЕЧНИКОВ, ПАРОМЩИКОВ И ИХ ДРУЗЕЙ"*, (ДРПД; РЕЧНИКИ (ПАРОМЩИКИ)), ИНН: 7700000000, ОГРН: 1000000000000;
        2. FRIENDS OF THE RIVER FOUNDATION , ;
        3. ОБЩЕСТВО "РЕКА", ВОЛЬНОЕ, ;
        Физические лица
        1. РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ*, 23.03.1980 г.р. , Г. РЕЧНОЙ, УЛ. ПРИЧАЛЬНАЯ
        12. МИКРОРАЙОН;
        2. ПАРОМОВ ОЛЕГ, , ;
        3. ЗАТОНОВ РУСТАМ АЛИ ОГЛЫ, (ЗАТОНОВ РУСЛАН; РУС), 1975 г.р. , РЕСПУБЛИКА ТАДЖИКИСТАН;
        Международная часть
        Физические лица
        1. NAHRI TAMIM*, 31.02.1963 г.р. , ЙЕМЕН;

        """;

    private const string Page = """
        <!DOCTYPE html><html><head><title>Федеральная служба по финансовому мониторингу</title><script>var a = "<li>1. НЕ ЗАПИСЬ, ;</li>";</script></head>
        <body><ul class="menu"><li><a href="#">Организации</a></li><li>Контакты</li></ul>
        <!-- <li>2. ТОЖЕ НЕ ЗАПИСЬ, ;</li> -->
        <div class="panel-heading"><h4>Организации</h4></div><div><ol><li>1. ОБЩЕСТВО &quot;РЕКА&quot;*, ;</li></ol></div>
        <div class="panel-heading"><h4>Физические&nbsp;лица</h4></div>
        <div><ol><li>1. <b>РЕЧНОЙ</b> ТИМОФЕЙ
           ИВАНОВИЧ*, 23.03.1980 г.р. , Г. РЕЧНОЙ;</li><li>2. ПАРОМОВ ОЛЕГ*, , ;</li></ol></div>
        <p>© Росфинмониторинг</p></body></html>
        """;

    private static ListFile Read(string text, Encoding? encoding = null, ListLimits? limits = null) =>
        ListReader.Read(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), "list", limits);

    private static string Refused(string text, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(text, null, limits)).Message;

    private static string Names(ListFile list) => string.Join('|', list.Entities.Where(e => e.Target == true).Select(e => e.Caption));

    [Fact]
    public void Sections_and_entries_are_read_as_people_read_them()
    {
        var list = Read(Text);
        Assert.Equal(("ru-rfm", "03.02.2031"), (list.Metadata.Dataset, list.Metadata.Version));
        var listed = list.Entities.Where(e => e.Target == true).ToList();
        Assert.Equal(["Organization", "Organization", "Organization", "Person", "Person", "Person", "Person"], listed.Select(e => e.Schema));

        Assert.Equal(("\"ДВИЖЕНИЕ РЕЧНИКОВ, ПАРОМЩИКОВ И ИХ ДРУЗЕЙ\"", "ДРПД|РЕЧНИКИ (ПАРОМЩИКИ)"), (listed[0].Of("name"), listed[0].Of("alias")));
        Assert.Equal(("7700000000", "1000000000000", "crime.terror|sanction"), (listed[0].Of("innCode"), listed[0].Of("ogrnCode"), listed[0].Of("topics")));
        Assert.Equal(("FRIENDS OF THE RIVER FOUNDATION", "Extremism", "sanction"), (listed[1].Of("name"), listed[1].Of("program"), listed[1].Of("topics")));
        Assert.Equal("ОБЩЕСТВО \"РЕКА\", ВОЛЬНОЕ", listed[2].Of("name"));

        Assert.Equal(("РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", "1980-03-23", "Г. РЕЧНОЙ, УЛ. ПРИЧАЛЬНАЯ 12. МИКРОРАЙОН"), (listed[3].Of("name"), listed[3].Of("birthDate"), listed[3].Of("birthPlace")));
        Assert.Equal(("РЕЧНОЙ", "ТИМОФЕЙ", "ИВАНОВИЧ", "Terrorism"), (listed[3].Of("lastName"), listed[3].Of("firstName"), listed[3].Of("fatherName"), listed[3].Of("program")));
        Assert.Equal(("ПАРОМОВ ОЛЕГ", "", "", "Extremism"), (listed[4].Of("name"), listed[4].Of("birthDate"), listed[4].Of("birthPlace"), listed[4].Of("program")));
        Assert.Equal(("ЗАТОНОВ РУСЛАН", "РУС", "АЛИ ОГЛЫ", "1975"), (listed[5].Of("alias"), listed[5].Of("weakAlias"), listed[5].Of("fatherName"), listed[5].Of("birthDate")));
        Assert.Equal(("NAHRI TAMIM", "1963-02"), (listed[6].Of("name"), listed[6].Of("birthDate")));
        Assert.Equal("Международная часть", list.Entities[^1].Of("description"));
        Assert.Equal("Национальная часть", list.Entities[1].Of("description"));
        Assert.Equal("rus", Assert.Single(listed[3].Statements, s => s.Property == "name").Lang);
        Assert.Contains("31.02.1963", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_in_windows_1251_reads_the_same() =>
        Assert.Equal(Read(Text).Entities.Select(e => e.Id), Read(Text, Dbf.Windows1251).Entities.Select(e => e.Id));

    [Fact]
    public void The_page_reads_as_its_entries()
    {
        var list = Read(Page);
        Assert.Equal("ОБЩЕСТВО \"РЕКА\"|РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ|ПАРОМОВ ОЛЕГ", Names(list));
        Assert.Equal(["Organization", "Person", "Person"], list.Entities.Where(e => e.Target == true).Select(e => e.Schema));
        Assert.Equal(Names(list), Names(Read(Page.Replace("<head>", "<head><meta charset='windows-1251'>", StringComparison.Ordinal), Dbf.Windows1251)));
    }

    [Fact]
    public void Ids_do_not_depend_on_the_number_or_the_place()
    {
        var before = Read("Физические лица\n1. ПАРОМОВ ОЛЕГ, , ;\n2. РЕЧНОЙ ТИМ, 1980 г.р. , ;\n").Entities.Select(e => e.Id);
        var after = Read("Физические лица\n1. АНДРЕЕВ ИЛЬЯ, , ;\n2. РЕЧНОЙ ТИМ*, (РЕКА ТИМ), 1980 г.р. , ;\n3. ПАРОМОВ ОЛЕГ, , ;\n").Entities.Select(e => e.Id);
        Assert.Equal(4, before.Intersect(after).Count());
    }

    [Fact]
    public void An_entry_that_stands_twice_is_one_and_said_to_be()
    {
        var list = Read("Физические лица\n1. РЕЧНОЙ ТИМ, 1980 г.р. , ;\n2. РЕЧНОЙ ТИМ*, (РЕКА ТИМ), 1980 г.р. , ;\n3. РЕЧНОЙ ТИМ, 1981 г.р. , ;\n");
        Assert.Equal("РЕЧНОЙ ТИМ|РЕЧНОЙ ТИМ", Names(list));
        Assert.Equal(("РЕКА ТИМ", "Terrorism"), (list.Entities[0].Of("alias"), list.Entities[0].Of("program")));
        Assert.Contains("the same as number 1", list.Warnings.Single(w => w.Reference == "2").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("РЕЧНОЙ ТИМ, (РЕКА ТИМ*), 1980 г.р. , АДЕН;", "РЕЧНОЙ ТИМ", "РЕКА ТИМ", "1980", "АДЕН")]
    [InlineData("РЕЧНОЙ ТИМ (РЕКА ТИМ*; РЕЧКИН ОЛЕГ*), 1980 г.р. , АДЕН;", "РЕЧНОЙ ТИМ", "РЕКА ТИМ|РЕЧКИН ОЛЕГ", "1980", "АДЕН")]
    [InlineData("РЕЧНОЙ ТИМ*, (РЕКА ТИМ*), 1980 г.р. , АДЕН;", "РЕЧНОЙ ТИМ", "РЕКА ТИМ", "1980", "АДЕН")]
    [InlineData("РЕЧНОЙ ТИМ*, (РЕКА ТИМ, 1980 г.р. , АДЕН;", "РЕЧНОЙ ТИМ", "", "1980", "(РЕКА ТИМ, АДЕН")]
    public void A_star_in_brackets_is_not_the_end_of_the_name(string entry, string name, string others, string birth, string place)
    {
        var person = Read($"Физические лица\n1. {entry}\n").Entities[0];
        Assert.Equal((name, others, birth, place), (person.Of("name"), person.Of("alias"), person.Of("birthDate"), person.Of("birthPlace")));
        Assert.Contains("crime.terror", person.Get("topics"));
    }

    [Fact]
    public void A_star_in_the_name_of_an_organisation_ends_it_though_others_stand_in_brackets()
    {
        var list = Read("Организации\n1. ОБЩЕСТВО, ВОЛЬНОЕ (РЕЧНИКИ*)*, (ОВР);\n2. ОБЩЕСТВО ПАРОМЩИКОВ, (ПАРОМ*), ;\n");
        Assert.Equal(("ОБЩЕСТВО, ВОЛЬНОЕ (РЕЧНИКИ*)", "ОВР"), (list.Entities[0].Of("name"), list.Entities[0].Of("alias")));
        Assert.Equal(("ОБЩЕСТВО ПАРОМЩИКОВ", "ПАРОМ"), (list.Entities[2].Of("name"), list.Entities[2].Of("alias")));
    }

    [Theory]
    [InlineData("РЕЧНОЙ ТИМ*,<br>23.03.1980 г.р. ,<br/>АДЕН;")]
    [InlineData("РЕЧНОЙ ТИМ*, <p>23.03.1980 г.р. <div>, АДЕН;</div>")]
    [InlineData("<b>РЕЧНОЙ</b> ТИМ*, <div><div>23.03.1980 г.р. ,</div></div><p>АДЕН<p>;")]
    public void An_entry_of_a_page_may_be_several_blocks(string entry)
    {
        var list = Read($"<html><body><h4>Физические лица</h4><ol><li>1. {entry}</li><li>2. ПАРОМОВ ОЛЕГ, , ;<li>3. РЕЧКИН ОЛЕГ, , ;</ol><p>© Росфинмониторинг</p></body></html>");
        Assert.Equal(["РЕЧНОЙ ТИМ", "ПАРОМОВ ОЛЕГ", "РЕЧКИН ОЛЕГ"], list.Entities.Where(e => e.Target == true).Select(e => e.Caption));
        Assert.Equal(("1980-03-23", "АДЕН"), (list.Entities[0].Of("birthDate"), list.Entities[0].Of("birthPlace")));
        Assert.DoesNotContain(list.Warnings, w => w.Reference.Length > 0);
    }

    [Fact]
    public void Entries_of_a_page_may_be_lines_of_one_block() =>
        Assert.Equal("РЕЧНОЙ ТИМ|ПАРОМОВ ОЛЕГ", Names(Read("<html><body><h4>Физические лица</h4><p>1. РЕЧНОЙ ТИМ,<br>, ;<br>2. ПАРОМОВ ОЛЕГ, , ;</p></body></html>")));

    [Fact]
    public void What_an_entry_of_a_page_may_have_lost_is_told()
    {
        var list = Read("<html><body><h4>Физические лица</h4><ol><li>1. РЕЧНОЙ ТИМ,</li><li>2. ПАРОМОВ ОЛЕГ, , ;<div>АДЕН</div></li></ol><p>© Росфинмониторинг</p></body></html>");
        Assert.Equal("РЕЧНОЙ ТИМ|ПАРОМОВ ОЛЕГ", Names(list));
        Assert.Contains("does not end with ';'", list.Warnings.Single(w => w.Reference == "1").Message, StringComparison.Ordinal);
        Assert.Contains("'АДЕН' stands behind the end", list.Warnings.Single(w => w.Reference == "2").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_in_the_numbers_is_warned_of() =>
        Assert.Contains("entries may be missing", Read("Физические лица\n1. РЕЧНОЙ ТИМ, , ;\n3. ПАРОМОВ ОЛЕГ, , ;\n").Warnings.Single(w => w.Reference == "3").Message, StringComparison.Ordinal);

    [Fact]
    public void Without_headings_an_entry_is_what_it_looks_like() =>
        Assert.Equal(["Person", "LegalEntity", "Person"], Read("1. РЕЧНОЙ ТИМ, 1980 г.р. , ;\n2. РЕКА, , ;\n3. РЕЧНАЯ АННА ПЕТРОВНА, , ;\n").Entities.Where(e => e.Target == true).Select(e => e.Schema));

    [Fact]
    public void What_was_cut_off_or_is_another_page_is_refused()
    {
        Assert.Contains("cut off", Refused(Page[..^20]), StringComparison.Ordinal);
        Assert.Contains("cut off", Refused("Физические лица\n1. РЕЧНОЙ ТИМ, 1980 г.р. , ;\n2. ПАРОМОВ ОЛ"), StringComparison.Ordinal);
        Assert.Contains("no entry of Rosfinmonitoring's list", Refused("<html><head><title>Росфинмониторинг</title></head><body><p>Технические работы</p></body></html>"), StringComparison.Ordinal);
        Assert.Contains("web page", Refused("<html><body><ol><li>1. Open the door, then go;</li></ol></body></html>"), StringComparison.Ordinal);
        Assert.Contains("longer than 50 characters", Refused(Text, new() { MaxValueLength = 50 }), StringComparison.Ordinal);
        Assert.Contains("more than 2 entities", Refused(Text, new() { MaxEntities = 2 }), StringComparison.Ordinal);
        var broken = Encoding.UTF8.GetBytes(Text + new string(' ', 8192) + "\n4. X, , ;\n");
        broken[^6] = 0xFF;
        Assert.Contains("do not fit its encoding", Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(broken), "list")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1. Купить хлеб\n2. Позвонить маме\n")]
    [InlineData("id,name\n1. a,b;\n")]
    public void Other_numbered_texts_are_not_taken_for_the_list(string text) =>
        Assert.DoesNotContain("Rosfinmonitoring's list is in it", Record.Exception(() => Read(text))?.Message ?? "", StringComparison.Ordinal);

    [Fact]
    public void The_page_as_published_is_read()
    {
        var list = ListReader.Read(RealData.File("lists/samples/rosfinmonitoring_html_fragment_sample.html"));
        var listed = list.Entities.Where(e => e.Target == true).ToList();
        // Seven entries, of which two are one.
        Assert.Equal(6, listed.Count);
        Assert.Equal(1, listed.Count(e => e.Schema == "Organization"));
        Assert.Equal(4, listed.Count(e => e.Schema == "Person" && e.Get("topics").Contains("crime.terror")));
        Assert.Equal(3, listed.Count(e => e.Get("birthDate").Length == 1));
        Assert.Equal(3, listed.Sum(e => e.Get("alias").Length));
        Assert.Contains(list.Warnings, w => w.Message.Contains("the same as number 1", StringComparison.Ordinal));
    }
}
