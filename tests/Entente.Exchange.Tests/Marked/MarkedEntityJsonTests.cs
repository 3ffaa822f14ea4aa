using System.Text;
using Entente.Exchange.Marked;
using Entente.Exchange.Tests.Stix;
using Entente.Records.Json;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests.Marked;

public sealed class MarkedEntityJsonTests
{
    private const string Marking = """{"originator":"node-us","tlp":"TLP:AMBER","audience":["node-ally"],"legalBasis":"S/RES/2253 (2015)","purpose":"counter-terrorism","category":"suspect","grade":"B2","expires":"2027-03-01T00:00:00+00:00"}""";

    [Fact]
    public void Records_are_read_again_as_they_were()
    {
        // The form of FtM carries no provenance of single values.
        var records = Samples.All.Select(record => record with { Entity = EntityJson.Read(Encoding.UTF8.GetBytes(EntityJson.ToText(record.Entity)), "test") }).ToList();
        using var stream = new MemoryStream();
        MarkedEntityJson.WriteLines(stream, records);
        stream.Position = 0;
        var read = MarkedEntityJson.ReadLines(stream, "test").ToList();
        Assert.Equal(Enumerable.Range(1, records.Count), read.Select(item => item.Line));
        Assert.Equal(records.Select(Samples.Text), read.Select(item => Samples.Text(item.Record)));
        Assert.Contains("تميم النهري", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void A_line_without_a_version_is_the_first()
    {
        var record = Read($$$"""{"id":"a","schema":"Person","properties":{"name":["A B"]},"marking":{{{Marking}}}}""");
        Assert.Equal((1, Tlp.Amber, "B2", EntityCategory.Suspect), (record.Version, record.Marking.Tlp, record.Marking.Grade.ToString(), record.Marking.Category));
        Assert.Empty(record.Marks);
    }

    [Theory]
    [InlineData("", "it has no 'marking'")]
    [InlineData(",\"marking\":null", "its 'marking' is null")]
    [InlineData(",\"marking\":{}", "missing required properties")]
    [InlineData(",\"marking\":MARKING,\"marking\":MARKING", "could not be read")]
    [InlineData(",\"marking\":MARKING,\"version\":0", "its 'version' must be a whole number from 1")]
    [InlineData(",\"marking\":MARKING,\"version\":\"2\"", "its 'version' must be a whole number from 1")]
    [InlineData(",\"marking\":MARKING,\"marks\":{}", "its 'marks' must be a list")]
    [InlineData(",\"marking\":MARKING,\"marks\":[{\"property\":\"name\",\"value\":\"A B\",\"tlp\":\"TLP:BLUE\",\"audience\":\"anyone\"}]", "expected TLP:CLEAR")]
    [InlineData(",\"marking\":MARKING,\"marks\":[{\"property\":\"name\",\"value\":\"A B\",\"tlp\":\"TLP:RED\"}]", "audience")]
    [InlineData(",\"marking\":MARKING,\"marks\":[{\"property\":\"name\",\"value\":\"A B\",\"tlp\":\"TLP:RED\",\"audience\":\"anyone\",\"caveat\":\"x\"}]", "caveat")]
    public void A_marking_that_is_not_in_order_is_refused_with_its_line(string members, string expected)
    {
        var fault = Assert.Throws<RecordFormatException>(() => Read("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A B\"]}" + members.Replace("MARKING", Marking, StringComparison.Ordinal) + "}"));
        Assert.StartsWith("people.jsonl, line 1: entity a: ", fault.Message);
        Assert.Contains(expected, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("\"category\":\"suspect\"", "\"category\":\"thing\"", "thing is no category of a Person")]
    [InlineData("\"legalBasis\":\"S/RES/2253 (2015)\"", "\"legalBasis\":\" \"", "marking.legalBasis: expected the ground in law")]
    [InlineData("\"grade\":\"B2\"", "\"grade\":\"B7\"", "expected a letter A to F")]
    [InlineData("\"purpose\":", "\"caveat\":\"x\",\"purpose\":", "caveat")]
    public void A_marking_must_be_whole_and_understood(string old, string other, string expected)
    {
        Assert.Contains(old, Marking);
        var fault = Assert.Throws<RecordFormatException>(() => Read($$$"""{"id":"a","schema":"Person","properties":{},"marking":{{{Marking.Replace(old, other, StringComparison.Ordinal)}}}}"""));
        Assert.Contains(expected, fault.Message);
    }

    private static MarkedEntity Read(string line) => Assert.Single(MarkedEntityJson.ReadLines(new MemoryStream(Encoding.UTF8.GetBytes(line)), "people.jsonl")).Record;
}
