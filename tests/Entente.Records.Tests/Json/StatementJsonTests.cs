using System.Text;
using Entente.Records.Json;

namespace Entente.Records.Tests.Json;

public sealed class StatementJsonTests
{
    private static List<Statement> Read(string text) =>
        [.. StatementJson.ReadLines(new MemoryStream(Encoding.UTF8.GetBytes(text)), "statements.json")];

    [Fact]
    public void What_is_written_reads_back_the_same_with_all_its_provenance()
    {
        Statement[] statements =
        [
            new("un-1", "Person", "name", "تميم", "un-sc") { Lang = "ara", FirstSeen = "2024-01-01", LastSeen = "2024-02-01" },
            new("un-1", "Person", "birthDate", "1963", "un-sc") { OriginalValue = "approximately 1963", CanonicalId = "Q1", External = true },
        ];
        var bytes = new MemoryStream();
        StatementJson.WriteLines(bytes, statements);
        bytes.Position = 0;
        Assert.Equal(statements, StatementJson.ReadLines(bytes, "s"));
        Assert.Contains("\"prop_type\":\"date\"", Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_field_names_are_those_of_FtM()
    {
        var bytes = new MemoryStream();
        StatementJson.WriteLines(bytes, [new("e", "Person", "name", "N", "d") { Lang = "eng", OriginalValue = "n", FirstSeen = "2024", LastSeen = "2025" }]);
        Assert.Equal(
            """{"id":"4e87754f71979eea7a460a0add21bc4fa18af41a","entity_id":"e","canonical_id":"e","schema":"Person","prop":"name","prop_type":"name","dataset":"d","value":"N","lang":"eng","original_value":"n","external":false,"first_seen":"2024","last_seen":"2025"}""" + "\n",
            Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Theory]
    [InlineData("[]", "one JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"schema":"Person","prop":"name","value":"N","dataset":"d"}""", "no 'entity_id'")]
    [InlineData("""{"entity_id":"e","schema":"Nobody","prop":"name","value":"N","dataset":"d"}""", "'Nobody'")]
    [InlineData("""{"entity_id":"e","schema":"Person","prop":"name","value":"","dataset":"d"}""", "no 'value'")]
    [InlineData("""{"entity_id":"e","schema":"Person","prop":"name","value":{},"dataset":"d"}""", "'value' must be a text")]
    [InlineData("""{"entity_id":"e","schema":"Person","prop":"name","value":"\udfff","dataset":"d"}""", "surrogate")]
    public void A_bad_line_is_named_with_its_number_and_its_fault(string line, string expected)
    {
        var error = Assert.Throws<RecordFormatException>(() => Read("\n" + line));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }
}
