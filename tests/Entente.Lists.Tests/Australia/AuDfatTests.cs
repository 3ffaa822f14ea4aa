using System.Globalization;
using System.Security;
using System.Text;
using Entente.Lists.Tests.Containers;

namespace Entente.Lists.Tests.Australia;

/// <summary>The Australian list, about people who do not exist, as CSV and as workbook.</summary>
public sealed class AuDfatTests
{
    private static readonly string[] Header =
    [
        "Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship", "Address",
        "Additional Information", "Listing Information", "IMO Number", "Committees", "Control Date", "Instrument of Designation",
        "Targeted Financial Sanction", "Travel Ban",
    ];

    private static readonly string[][] Rows =
    [
        ["12a", "Tamim the Ferryman", "Individual", "Alias", "Weak", "", "", "", "", "", "", "", "", "", "", "", ""],
        ["12", "Tamim Yusuf AL-NAHRI", "Individual", "Primary Name", "", "approximately 1963", "Fordtown, Yemen", "Yemeni", "a) 2 Quay, Fordtown, Yemen b) 3 Quay, Sanaa, Yemen",
            "FXi.010. Title: Captain.", "Listed by the Committee on 25 Jan. 2021", "", "1267 (Fiction)", "21/06/2030", "Fiction Determination 2030", "1", "0"],
        ["12b", "تميم النهري", "Individual", "Original Script", "", "", "", "", "", "", "", "", "", "", "", "", ""],
        ["13", "RIVER STAR", "Vessel", "Primary Name", "", "", "", "", "", "", "", "IMO 9074729", "Autonomous", "45000", "", "yes", ""],
        ["13a", "LAKE STAR", "Vessel", "fka", "", "", "", "", "", "", "", "", "", "", "", "", ""],
        ["14", "River Bank \"North\"", "Entity", "Primary Name", "", "", "", "", "Yemen", "", "", "", "Autonomous", "2030-01-02", "", "", ""],
    ];

    [Fact]
    public void The_rows_of_a_reference_are_one_person()
    {
        var list = ReadCsv(Rows);
        Assert.Empty(list.Warnings);
        Assert.Equal(("au-dfat", "2030-06-21"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal(["au-12", "au-13", "au-14"], list.Entities.Where(e => e.Target == true).Select(e => e.Id));

        var person = list.Entities[0];
        Assert.Equal("Person", person.Schema);
        Assert.Equal(["Tamim Yusuf AL-NAHRI", "تميم النهري"], person.Get("name"));
        Assert.Equal("ara", person.Statements.Single(s => s.Value == "تميم النهري").Lang);
        Assert.Equal(["Tamim the Ferryman"], person.Get("weakAlias"));
        Assert.Equal(["1963"], person.Get("birthDate"));
        Assert.Equal("approximately 1963", person.Statements.Single(s => s.Property == "birthDate").OriginalValue);
        Assert.Equal(["Fordtown, Yemen"], person.Get("birthPlace"));
        Assert.Equal(["ye"], person.Get("birthCountry"));
        Assert.Equal(["ye"], person.Get("nationality"));
        Assert.Equal(["2 Quay, Fordtown, Yemen", "3 Quay, Sanaa, Yemen"], person.Get("address"));
        Assert.Equal(2, list.Entities.Count(e => e.Schema == "Address"));

        var sanction = list.Entities[1];
        Assert.Equal(["FXi.010"], sanction.Get("unscId"));
        Assert.Equal(["2021-01-25"], sanction.Get("listingDate"));
        Assert.Equal(["2030-06-21"], sanction.Get("modifiedAt"));
        Assert.Equal(["Targeted Financial Sanction"], sanction.Get("provisions"));
        Assert.Equal(["Fiction Determination 2030"], sanction.Get("description"));
    }

    [Fact]
    public void A_ship_has_its_number_and_its_former_name()
    {
        var ship = ReadCsv(Rows).Entities.Single(e => e.Id == "au-13");
        Assert.Equal("Vessel", ship.Schema);
        Assert.Equal(["9074729"], ship.Get("imoNumber"));
        Assert.Equal(["LAKE STAR"], ship.Get("previousName"));
        Assert.Equal(["2023-03-15"], ship.Get("modifiedAt"));
    }

    [Fact]
    public void An_organisation_has_the_number_of_a_shipping_company_and_what_is_no_number_is_a_note()
    {
        string[] Row(string reference, string imo) => [reference, "River Lines " + reference, "Entity", "Primary Name", .. Enumerable.Repeat("", 7), imo, .. Enumerable.Repeat("", 5)];
        var list = ReadCsv([Row("20", "IMO 1234568"), Row("21", "unknown")]);
        Assert.Equal(("1234568", ""), (list.Entities.Single(e => e.Id == "au-20").Of("imoNumber"), list.Entities.Single(e => e.Id == "au-20").Of("idNumber")));
        Assert.Equal(("", "IMO number: unknown"), (list.Entities.Single(e => e.Id == "au-21").Of("imoNumber"), list.Entities.Single(e => e.Id == "au-21").Of("notes")));
        Assert.Contains("not an IMO number", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_with_two_primary_names_is_told_of()
    {
        string[] Row(string name) => ["12", name, "Individual", "Primary Name", .. Enumerable.Repeat("", 13)];
        var list = ReadCsv([Row("Tamim Nahri"), Row("Timon Rekin")]);
        Assert.Equal("Tamim Nahri|Timon Rekin", list.Entities[0].Of("name"));
        Assert.Contains("stands twice", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    // Days since the end of 1899; a number that may be a year is one, unless the workbook says that the cell shows a date.
    [Theory]
    [InlineData("9999", "1927-05-17", "1927-05-17")]
    [InlineData("2101", "1905-10-01", "1905-10-01")]
    [InlineData("1963", "1963", "1905-05-16")]
    [InlineData("59", "", "1900-02-28")]
    [InlineData("61", "", "1900-03-01")]
    [InlineData("25569.75", "1970-01-01", "1970-01-01")]
    [InlineData("99999", "", "")]
    public void A_number_of_days_is_a_date(string number, string plain, string shownAsDate)
    {
        Assert.Equal(plain, ReadCsv([["12", "Tamim Nahri", "Individual", "Primary Name", "", number, .. Enumerable.Repeat("", 11)]]).Entities[0].Of("birthDate"));
        foreach (var (style, expected) in ((string, string)[])[("0", plain), ("1", shownAsDate), ("2", shownAsDate), ("3", plain), ("9", plain)])
        {
            var born = ReadBook($"""
                <worksheet><sheetData>
                <row r="1"><c r="A1" t="inlineStr"><is><t>Reference</t></is></c><c r="B1" t="inlineStr"><is><t>Name of Individual or Entity</t></is></c><c r="C1" t="inlineStr"><is><t>Type</t></is></c><c r="D1" t="inlineStr"><is><t>Name Type</t></is></c><c r="E1" t="inlineStr"><is><t>Date of Birth</t></is></c></row>
                <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>Tamim</t></is></c><c r="C2" t="inlineStr"><is><t>Individual</t></is></c><c r="E2" s="{style}"><v>{number}</v></c></row>
                </sheetData></worksheet>
                """, styles: """<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="[Red]dd\-mmm\-yyyy;@"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0_d"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>""").Entities[0];
            Assert.Equal(expected, born.Of("birthDate"));
        }
    }

    [Fact]
    public void A_damaged_workbook_is_read_or_refused()
    {
        var whole = Book(Sheet([Header, .. Rows]), styles: "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
        var random = new Random(12);
        for (var round = 0; round < 600; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var edits = random.Next(1, 5); edits > 0; edits--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(ListReader.Read(new MemoryStream(damaged[..random.Next(1, damaged.Length + 1)]), "au.xlsx").Entities);
            }
            catch (ListFormatException refusal)
            {
                Assert.DoesNotContain(refusal.Message, char.IsControl);
            }
        }
    }

    [Fact]
    public void A_country_alone_is_no_address()
    {
        var entity = ReadCsv(Rows).Entities.Single(e => e.Id == "au-14");
        Assert.Equal(["River Bank \"North\""], entity.Get("name"));
        Assert.Equal(["ye"], entity.Get("country"));
        Assert.Empty(entity.Get("address"));
    }

    [Fact]
    public void The_workbook_gives_what_the_CSV_gives()
    {
        var (csv, workbook) = (ReadCsv(Rows), ReadBook(Sheet([["Consolidated list"], [], Header, .. Rows])));
        Assert.Empty(workbook.Warnings);
        Assert.Equal(csv.Metadata, workbook.Metadata);
        Assert.Equal(csv.Entities.SelectMany(e => e.Statements), workbook.Entities.SelectMany(e => e.Statements));
    }

    [Fact]
    public void Texts_of_a_workbook_are_shared_or_in_their_cells_with_runs_and_without_pronunciation()
    {
        const string sheet = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>Reference</t></is></c><c r="B1" t="inlineStr"><is><t>Name of Individual or Entity</t></is></c><c r="C1" t="str"><f>"a"</f><v>Type</v></c><c r="D1" t="s"><v>1</v></c><c r="F1" t="inlineStr"><is><t>Date of Birth</t></is></c></row>
            <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Individual</t></is></c><c r="D2" t="e"><v>#REF!</v></c><c r="F2"><v>25569</v></c></row>
            </sheetData></worksheet>
            """;
        const string strings = """
            <sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t xml:space="preserve">Tamim </t></r><r><rPr><b/></rPr><t>Nahri</t></r><rPh sb="0" eb="1"><t>ta</t></rPh></si><si><t>Name Type</t></si></sst>
            """;
        var person = ReadBook(sheet, strings).Entities[0];
        Assert.Equal("au-7", person.Id);
        Assert.Equal(["Tamim Nahri"], person.Get("name"));
        Assert.Equal(["1970-01-01"], person.Get("birthDate"));
    }

    [Fact]
    public void What_is_not_known_is_named()
    {
        string[] header = [.. Header, "Horoscope"];
        string[][] rows = [["15", "River Club", "Club", "Nickname", .. Enumerable.Repeat("", 12), "perhaps", "lion"]];
        var list = ReadCsv(rows, header);
        Assert.Equal("LegalEntity", list.Entities[0].Schema);
        foreach (var part in (ReadOnlySpan<string>)["'Horoscope'", "neither individual", "'perhaps'"])
            Assert.Contains(list.Warnings, w => w.Message.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(",River Club,Entity,Primary Name\n", "no Reference")]
    [InlineData("1,River Club,Entity\n", "3 columns where the header has 4")]
    [InlineData("1,\"River Club,Entity,Primary Name\n", "never closed")]
    [InlineData("", "no entries")]
    public void A_damaged_table_is_refused(string rows, string expected) =>
        Assert.Contains(expected, Refused(Encoding.UTF8.GetBytes("Reference,Name of Individual or Entity,Type,Name Type\n" + rows)), StringComparison.Ordinal);

    [Fact]
    public void A_header_without_what_is_needed_or_with_a_column_twice_is_refused()
    {
        Assert.Contains("'Type' is missing", Refused("Reference,Name of Individual or Entity\n1,River\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("'Type' stands twice", Refused("Reference,Name of Individual or Entity,Type,Name Type,Type\n1,River,a,b,c\n"u8.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<worksheet><sheetData><row><c r=\"A1\" t=\"inlineStr\"><is><t>Budget</t></is></c></row></sheetData></worksheet>", "none of those that Entente reads")]
    [InlineData("<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>", "a text that the workbook does not hold")]
    [InlineData("<worksheet><sheetData><row><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>", "more than 500 columns")]
    [InlineData("<worksheet><sheetData><row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>", "stands twice")]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet/>", "damaged")]
    [InlineData("<worksheet><sheetData><row>", "damaged")]
    public void A_workbook_that_is_another_or_damaged_is_refused(string sheet, string expected) =>
        Assert.Contains(expected, Refused(Book(sheet)), StringComparison.Ordinal);

    [Fact]
    public void A_workbook_may_not_grow_beyond_measure()
    {
        var text = new string('A', 2000);
        Assert.Contains("longer than 1,000", Assert.Throws<ListFormatException>(() => ReadBook(Sheet([[text]]), limits: new() { MaxValueLength = 1000 })).Message, StringComparison.Ordinal);
        var bomb = Packing.Zip(("xl/workbook.xml", Packing.Utf8("<workbook/>")), ("xl/worksheets/sheet1.xml", Packing.Utf8("<worksheet><sheetData>" + string.Concat(Enumerable.Repeat("<row/>\n", 4 << 20)))));
        Assert.Contains("fill the memory", Refused(bomb), StringComparison.Ordinal);
    }

    private static string Sheet(string[][] rows)
    {
        var xml = new StringBuilder("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (var r = 0; r < rows.Length; r++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Length; c++)
                xml.Append(rows[r][c].Length == 0 ? "" : $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(rows[r][c])}</t></is></c>");
            xml.Append("</row>");
        }
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static byte[] Book(string sheet, string strings = "<sst/>", string styles = "<styleSheet/>") => Packing.Zip(
        ("xl/styles.xml", Packing.Utf8(styles)),
        ("[Content_Types].xml", Packing.Utf8("<Types/>")),
        ("xl/workbook.xml", Packing.Utf8("<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"x\" sheetId=\"1\" r:id=\"rId3\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", Packing.Utf8("<Relationships><Relationship Id=\"rId3\" Target=\"worksheets/list.xml\"/></Relationships>")),
        ("xl/sharedStrings.xml", Packing.Utf8(strings)),
        ("xl/worksheets/list.xml", Packing.Utf8(sheet)));

    private static ListFile ReadBook(string sheet, string strings = "<sst/>", ListLimits? limits = null, string styles = "<styleSheet/>") =>
        ListReader.Read(new MemoryStream(Book(sheet, strings, styles)), "au.xlsx", limits);

    private static ListFile ReadCsv(string[][] rows, string[]? header = null)
    {
        var lines = rows.Prepend(header ?? Header).Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        return ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n")), "au.csv");
    }

    private static string Refused(byte[] bytes) => Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(bytes), "au")).Message;
}
