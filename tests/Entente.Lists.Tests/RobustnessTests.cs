using System.Text;
using Entente.Lists.Tests.Containers;
using Entente.Lists.Tests.Switzerland;
using Entente.Lists.Tests.UnitedNations;

namespace Entente.Lists.Tests;

/// <summary>Whatever is passed for a list, of any format: a list, or a refusal in one line, within bounds of size and memory.</summary>
public sealed class RobustnessTests
{
    private const string Ftm = """{"id":"x-1","schema":"Person","properties":{"name":["Tamim"],"birthDate":["1970"]},"datasets":["fiction"],"target":true}""";
    private const string Simple = "id,schema,name,aliases,birth_date,countries\n1,Person,Tamim,\"\"\"a\"\";b\",1970,ye\n";
    private const string House = "name;alias;birth_date;nationality;reason\nTamim;Abu Zawraq;1970;ye;\"Rows\nslowly\"\n";

    private const string AustralianHeader = "Reference,Name of Individual or Entity,Type,Name Type\n";
    private const string RussianStart = "1. \u00D0\u00A0\u00D0\u0095\u00D0\u009A\u00D0\u0090, 1980 \u00D0\u00B3.\u00D1\u0080.,;\n2. x,\n";
    private const string Australian = "Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,IMO Number\n12,Tamim Nahri,Individual,Primary Name,\"a) 1970 b) 31/02/1971\",9074729\n12a,\"Abu\nZawraq\",Individual,Alias,45000,\n";
    private const string Canadian = """<?xml version="1.0" encoding="UTF-8"?><data-set><record><Country>Fictia / Fictie</Country><LastName>Nahri</LastName><GivenName>Tamim</GivenName><Aliases>A B; Russian: РЕКА</Aliases><DateOfBirthOrShipBuildDate>1970-02-31</DateOfBirthOrShipBuildDate><ShipIMONumber>9074729</ShipIMONumber><Schedule>1</Schedule><Item>7</Item></record><record><Country>Fictia</Country><EntityOrShip>River (RB)</EntityOrShip><Schedule>1</Schedule><Item>7</Item></record></data-set>""";
    private const string RussianText = "Перечень по состоянию на 03.02.2031\nОрганизации\n1. ОБЩЕСТВО \"РЕКА\"*, (ОР; РЕКА), ИНН: 7700000000;\nФизические лица\n1. РЕЧНОЙ ТИМ*, (Tamim), 31.02.1980 г.р. , Г. РЕЧНОЙ,\nДОМ 5;\n2. ПАРОМОВ ОЛЕГ, , ;\n";
    private const string RussianPage = "<!DOCTYPE html><html><head><title>Росфинмониторинг</title></head><body><h4>Физические&nbsp;лица</h4><ol><li>1. РЕЧНОЙ ТИМ*, (Tamim),<br>31.02.1980 г.р. , <p>АДЕН;</li><!-- x --><li>2. ПАРОМОВ ОЛЕГ, , ;</li></ol></body></html>";
    private const string RussianXml = """<?xml version="1.0" encoding="UTF-8"?><Перечень><ДатаПеречня>2031-02-03</ДатаПеречня><АктуальныйПеречень><Субъект><ИдСубъекта>1</ИдСубъекта><ФЛ><ФИО>РЕЧНОЙ ТИМ</ФИО><ФИОЛат>Tamim</ФИОЛат><ДатаРождения>1980-02-31</ДатаРождения><Пол>?</Пол></ФЛ><История><ДатаВключения>2029-13-01</ДатаВключения></История></Субъект></АктуальныйПеречень></Перечень>""";

    // Each format, and how a record of it begins that never ends.
    public static TheoryData<string, string> Formats => new()
    {
        { "un", UnXml.List(UnXml.Person) },
        { "ftm", Ftm + "\n" + Ftm.Replace("x-1", "x-2", StringComparison.Ordinal) + "\n" },
        { "simple", Simple },
        { "house", House },
        { "ch", SecoXml.List(SecoXml.Person(SecoXml.Name + "<day-month-year day=\"31\" month=\"2\" year=\"1970\"/>")) },
        { "au", Australian },
        { "ca", Canadian },
        { "ru text", RussianText },
        { "ru page", RussianPage },
        { "ru xml", RussianXml },
    };

    private static void ReadsOrRefuses(Stream stream, ListLimits? limits = null)
    {
        try
        {
            Assert.NotEmpty(ListReader.Read(stream, "some.list", limits).Entities);
        }
        catch (ListFormatException refusal)
        {
            Assert.InRange(refusal.Message.Length, 12, 900);
            Assert.DoesNotContain(refusal.Message, char.IsControl);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Random_bytes_anywhere_in_a_list_are_read_or_refused(string format, string valid)
    {
        var random = new Random(format.Length * 31);
        var noise = new byte[64 * 1024];
        var bytes = Encoding.UTF8.GetBytes(valid);
        for (var round = 0; round < 60; round++)
        {
            random.NextBytes(noise);
            var at = random.Next(bytes.Length);
            ReadsOrRefuses(new MemoryStream([.. bytes[..at], .. noise, .. bytes[at..]]));
            ReadsOrRefuses(new DribblingStream(Packing.Gzip([.. bytes[..at], .. noise]), 777));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_list_damaged_in_some_places_is_read_or_refused(string format, string valid)
    {
        var random = new Random(format.Length * 37);
        byte[] plain = Encoding.UTF8.GetBytes(valid);
        foreach (var bytes in (byte[][])[plain, Packing.Gzip(plain), Packing.Zip(("a.list", plain)), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(valid)]])
        {
            for (var round = 0; round < 300; round++)
            {
                var damaged = (byte[])bytes.Clone();
                for (var edits = random.Next(1, 5); edits > 0; edits--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                ReadsOrRefuses(new MemoryStream(damaged));
                ReadsOrRefuses(new MemoryStream(damaged[..random.Next(damaged.Length)]));
            }
        }
    }

    [Fact]
    public void Pieces_of_random_bytes_are_refused_whatever_they_begin_with()
    {
        var random = new Random(64);
        var noise = new byte[64 * 1024];
        byte[][] starts = [[], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0], [.. "PK\x3\x4"u8], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [.. "<"u8], [.. "{"u8], [.. "["u8], [.. "name,id\n"u8], [.. "id,schema,name,aliases,\n"u8]];
        foreach (var start in starts)
        {
            for (var round = 0; round < 20; round++)
            {
                random.NextBytes(noise);
                var error = Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream([.. start, .. noise]), "noise"));
                Assert.DoesNotContain(error.Message, char.IsControl);
            }
        }
    }

    // What never ends: one value, one line, rows, blank lines, quotes, nesting, and what a container does with it.
    [Theory]
    [InlineData("name,reason\nTamim,\"", "x", null)]
    [InlineData("name,reason\nTamim,\"", "x\n", null)]
    [InlineData("name,reason\n", "\n", null)]
    [InlineData("name,reason\n", "Tamim,x\n", "same as line 2")]
    [InlineData("name,", "x", null)]
    [InlineData("\"name\",\"", "x\n", null)]
    [InlineData("id,schema,name,aliases,emails\n1,Person,N,\"", "x;", null)]
    [InlineData("id,schema,name,aliases,emails\n", ",,,,\n", "line 2: the row has no id")]
    [InlineData(Ftm + "\n", "\n", null)]
    [InlineData(Ftm + "\n", " ", "longer than")]
    [InlineData("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"knows\":[", "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"knows\":[", "longer than")]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS>", "\n", "longer than")]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS>", "<INDIVIDUAL/>", "no REFERENCE_NUMBER")]
    [InlineData("<CONSOLIDATED_LIST>", "<OTHER/>", null)]
    [InlineData("<swiss-sanctions-list list-type=\"whole-list\" date=\"2031-02-03\">", "<target/>", "ssid")]
    [InlineData("<swiss-sanctions-list list-type=\"whole-list\" date=\"2031-02-03\"><target ssid=\"1\"><individual><identity main=\"true\">", "<name><name-part><value>x</value></name-part></name>", "more than 50,000 elements")]
    [InlineData("<data-set>", "<record><LastName>x</LastName></record>", "neither country, schedule nor item")]
    [InlineData("<data-set>", "<record><Country>a</Country></record>", null)]
    [InlineData("<data-set><record><Country>a</Country><Aliases>", ";", "longer than")]
    [InlineData(AustralianHeader, "1,x,Individual,Alias\n", "more than 50,000 rows")]
    [InlineData(AustralianHeader + "1,\"", "x\n", null)]
    [InlineData(AustralianHeader, ",x,,\n", "no Reference")]
    // Cyrillic in UTF-8, byte by byte.
    [InlineData(RussianStart, "x\n", "an entry is longer than")]
    [InlineData(RussianStart, "x", "longer than")]
    [InlineData(RussianStart + "1980;\n", "1. x;\n", null)]
    [InlineData("<html>fedsfm<ol><li>", "1. x, 1980 \u00D0\u00B3.\u00D1\u0080.;<li>", null)]
    [InlineData("<html>fedsfm<ol><li>1. x", "<div>x", "an entry is longer than")]
    [InlineData("<html>fedsfm<ol><li>1. x", "<br>", null)]
    [InlineData("<html>fedsfm<ol><li>1. x<", "a", "longer than")]
    [InlineData("<html>fedsfm<script>", "</scr", null)]
    [InlineData("", "\n", "white space")]
    [InlineData("", "\0", null)]
    [InlineData("PK\u0003\u0004", "x", null)]
    [InlineData("\u001f", "x", "not a list format")]
    public void A_stream_that_never_ends_is_refused_within_its_bounds(string start, string filler, string? expected)
    {
        var limits = new ListLimits { MaxBytes = 12 << 20, MaxValueLength = 64 * 1024 };
        using var endless = new EndlessStream(Encoding.Latin1.GetBytes(start), Encoding.Latin1.GetBytes(filler));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ListFormatException>(() => ListReader.Read(endless, "endless", limits));
        Assert.Contains(expected ?? "", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.BytesRead, 0, limits.MaxBytes + (1 << 20));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400 << 20); // also what was dropped again, such as a million warnings
    }

    [Fact]
    public void Warnings_without_number_are_counted_and_not_kept()
    {
        var rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"Tamim {i},soon\n"));
        var list = ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes("name,dob\n" + rows)), "a.csv", new ListLimits { MaxWarnings = 10 });
        Assert.Equal(11, list.Warnings.Length);
        Assert.Contains("40 further warnings", list.Warnings[^1].Message, StringComparison.Ordinal);

        var lines = string.Concat(Enumerable.Range(0, 50).Select(i => Ftm.Replace("x-1", $"x-{i}", StringComparison.Ordinal).Replace("1970", "soon", StringComparison.Ordinal) + "\n"));
        var ftm = ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "a.json", new ListLimits { MaxWarnings = 10 });
        Assert.Contains("40 further warnings", ftm.Warnings[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_list_in_the_wrong_encoding_is_refused(string format, string valid)
    {
        var text = valid.Replace("Tamim", "Tâmîm", StringComparison.Ordinal).Replace("TAMIM", "TÂMÎM", StringComparison.Ordinal);
        Assert.NotEqual(valid, text);
        Assert.NotEmpty(ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), format).Entities);
        foreach (var encoding in (Encoding[])[Encoding.Latin1, new UTF32Encoding(false, true), new UnicodeEncoding(false, false), new UnicodeEncoding(true, false)])
        {
            // XML in UTF-16 is told by its first letters; the others cannot be.
            if (valid.StartsWith('<') && encoding is UnicodeEncoding)
                continue;
            var error = Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream([.. encoding.Preamble, .. encoding.GetBytes(text)]), "wrong"));
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }
}
