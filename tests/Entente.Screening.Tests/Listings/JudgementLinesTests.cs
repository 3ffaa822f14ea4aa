using System.Collections.Immutable;
using System.Text;
using Entente.Records.Json;
using Entente.Screening.Listings;

namespace Entente.Screening.Tests.Listings;

public sealed class JudgementLinesTests
{
    private static ImmutableArray<EntityJudgement> Read(string text) => JudgementLines.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "judgements.jsonl");

    [Fact]
    public void Judgements_are_read_line_by_line()
    {
        ImmutableArray<EntityJudgement> read = Read("""
            {"left":"un-QDi.1","right":"eu-fsf-EU.1.2","judgement":"positive","by":"ليلى","reason":"the same file","at":"2026-03-31T12:00:00+02:00"}

            {"left":"a","right":"b","judgement":"negative","by":null,"unknown":[1]}
            """);
        Assert.Equal(
            [new("un-QDi.1", "eu-fsf-EU.1.2", Judgement.Positive, "ليلى", "the same file", new DateTimeOffset(2026, 3, 31, 10, 0, 0, TimeSpan.Zero)), new("a", "b", Judgement.Negative, null, null, null)], read);
    }

    [Theory]
    [InlineData("""{"left":"a","judgement":"positive"}""", "\"right\"")]
    [InlineData("""{"left":"a","right":" ","judgement":"positive"}""", "\"right\"")]
    [InlineData("""{"left":"a","right":"a","judgement":"positive"}""", "itself")]
    [InlineData("""{"left":"a","right":"b","judgement":"Positive"}""", "'Positive'")]
    [InlineData("""{"left":"a","right":"b","judgement":"unsure"}""", "'unsure'")]
    [InlineData("""{"left":"a","right":"b","judgement":"positive","judgement":"negative"}""", "once")]
    [InlineData("""{"left":1,"right":"b","judgement":"positive"}""", "\"left\"")]
    [InlineData("""{"left":"a","right":"b","judgement":"positive","at":"yesterday"}""", "yesterday")]
    [InlineData("""{"left":"a","right":"b","judgement":"positive","at":"31.03.2026"}""", "31.03.2026")]
    [InlineData("""["a","b"]""", "object")]
    [InlineData("left,right", "object")]
    public void A_line_that_is_no_judgement_is_refused_with_its_number(string line, string says)
    {
        RecordFormatException e = Assert.Throws<RecordFormatException>(() => Read("{\"left\":\"a\",\"right\":\"b\",\"judgement\":\"negative\"}\n" + line));
        Assert.Equal(2, e.Line);
        Assert.StartsWith("judgements.jsonl, line 2: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused() =>
        Assert.Throws<RecordFormatException>(() => Read("{\"left\":\"" + new string('x', 100_000) + "\"}"));
}
