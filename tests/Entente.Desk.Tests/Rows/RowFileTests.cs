using System.Text;
using Entente.Desk.Rows;

namespace Entente.Desk.Tests.Rows;

public sealed class RowFileTests
{
    [Fact]
    public void A_table_from_a_stream_is_read_row_by_row()
    {
        using var file = Open("people.csv", "name,birth_date,shoe size\nZubayr Al-Fictivi,1970-02-01,43\n,1980,44\n");
        var rows = file.Rows().Select(row => row.Read()).ToList();
        Assert.Equal(["shoe size"], file.IgnoredColumns);
        Assert.Equal("Zubayr Al-Fictivi", rows[0].Name);
        Assert.Equal(["1970-02-01"], rows[0].Query!.BirthDates);
        Assert.Null(rows[1].Query);
        Assert.StartsWith("line 3: ", rows[1].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_lines_are_known_by_their_first_character()
    {
        using var file = Open("upload", """{"id":"7","schema":"Vessel","properties":{"name":["Fictitious Star"],"imoNumber":["1234567"]}}""");
        var row = Assert.Single(file.Rows()).Read();
        Assert.Equal(("7", "Vessel"), (row.Id, row.Query!.Schema));
        Assert.Equal(["1234567"], row.Query.Documents);
    }

    [Fact]
    public void A_table_without_names_is_refused()
    {
        var fault = Assert.Throws<DeskException>(() => Open("people.csv", "colour,size\nred,3\n"));
        Assert.StartsWith("people.csv, line 1: no column holds a name", fault.Message, StringComparison.Ordinal);
    }

    private static RowFile Open(string name, string text) => RowFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, "Person");
}
