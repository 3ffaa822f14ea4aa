using System.Text;
using Entente.Lists.Tests.UnitedNations;

namespace Entente.Lists.Tests;

public sealed class ListReaderTests
{
    private const string Ftm = """{"id":"x-1","schema":"Person","properties":{"name":["Tamim"]},"datasets":["fiction"],"target":true}""";

    private static ListFile Read(byte[] bytes, string name = "some.list") => ListReader.Read(new MemoryStream(bytes), name);

    private static ListFile Read(string text, string name = "some.list") => Read(Encoding.UTF8.GetBytes(text), name);

    private static ListFormatException Refused(byte[] bytes)
    {
        var error = Assert.Throws<ListFormatException>(() => Read(bytes));
        Assert.StartsWith("some.list", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    [Fact]
    public void The_format_is_told_by_the_content_and_not_by_the_name()
    {
        Assert.Equal("un-sc", Read(UnXml.List(UnXml.Person), "people.json").Metadata.Dataset);
        Assert.Equal("fiction", Read(Ftm, "people.xml").Metadata.Dataset);
    }

    [Fact]
    public void Byte_order_marks_and_UTF16_are_read()
    {
        var xml = UnXml.List(UnXml.Person);
        Assert.Equal(2, Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(xml)]).Entities.Length);
        Assert.Equal(2, Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(xml.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))]).Entities.Length);
        Assert.Single(Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Ftm)]).Entities);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Texts_in_UTF16_are_read_if_they_say_so(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var list = Read([.. encoding.Preamble, .. encoding.GetBytes(Ftm.Replace("Tamim", "تميم", StringComparison.Ordinal))]);
        Assert.Equal(["تميم"], Assert.Single(list.Entities).Get("name"));
        Assert.Equal("Вадим", Read([.. encoding.Preamble, .. encoding.GetBytes("name;birth_date\r\nВадим;1970\r\n")]).Entities[0].Caption);

        // Cut inside a letter, or half a surrogate pair.
        Assert.Contains("UTF-16", Refused([.. encoding.Preamble, .. encoding.GetBytes("name;id\nВадим;1"), 1]).Message, StringComparison.Ordinal);
        Assert.Contains("UTF-16", Refused([.. encoding.Preamble, .. encoding.GetBytes("name;id\nВадим;1"), 0xD8, 0xD8, 0x20, 0x20]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_reads_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(UnXml.List(UnXml.Person));
        var list = ListReader.Read(new DribblingStream(bytes), "slow.xml");
        Assert.Equal(Read(bytes).Entities.Select(e => e.Caption), list.Entities.Select(e => e.Caption));
    }

    [Fact]
    public void A_list_of_FtM_entities_is_read_with_its_links_and_warnings()
    {
        var list = Read(Ftm + "\n" + """{"id":"x-2","schema":"Sanction","properties":{"entity":["x-1"],"odd":[{"a":1}]},"datasets":["fiction"]}""" + "\n", "/data/people.ftm.json");
        Assert.Equal(["x-1", "x-2"], list.Entities.Select(e => e.Id));
        Assert.Equal((2, "x-2"), (Assert.Single(list.Warnings).Line, list.Warnings[0].Reference));
        Assert.Equal("people.ftm.json", list.Metadata.Title);
        Assert.Null(list.Metadata.Version);
    }

    [Fact]
    public void A_file_beside_the_program_is_read_by_path()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, UnXml.List(UnXml.Person));
            Assert.Equal(2, ListReader.Read(path).Entities.Length);
            File.WriteAllText(path, "no list");
            Assert.StartsWith(path, Assert.Throws<ListFormatException>(() => ListReader.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Throws<FileNotFoundException>(() => ListReader.Read(path));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t ", "white space")]
    [InlineData("apples,pears\n1,2", "not a list format that Entente knows. Supported: ")]
    [InlineData("<guestList xmlns='http://example.org/party'/>", "<guestList> of the namespace 'http://example.org/party', which is not a list format")]
    [InlineData("<!DOCTYPE html><html><body>Error 403</body></html>", "web page")]
    [InlineData("<html><body>Error 403</body></html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?>", "cut off")]
    [InlineData("[{\"id\":\"a\"}]", "Supported: ")]
    [InlineData("{\"id\":\"a\"", "not valid JSON")]
    public void What_is_no_list_is_refused_with_advice(string text, string expected) =>
        Assert.Contains(expected, Refused(Encoding.UTF8.GetBytes(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_entities_with_one_id_are_refused_where_the_second_stands()
    {
        var error = Refused(Encoding.UTF8.GetBytes(Ftm + "\n\n" + Ftm));
        Assert.Equal(3, error.Line);
        Assert.Contains("x-1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lists/au.ftm.json", 3811, "au")]
    [InlineData("lists/ch.ftm.json", 7608, "ch")]
    public void Real_lists_in_FtM_are_read(string file, int count, string dataset)
    {
        var list = ListReader.Read(RealData.File(file));
        Assert.Equal(count, list.Entities.Length);
        Assert.Equal(dataset, list.Metadata.Dataset);
    }
}
