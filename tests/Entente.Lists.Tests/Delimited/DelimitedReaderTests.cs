using System.Text;
using Entente.Lists.Delimited;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Lists.Tests.Delimited;

public sealed class DelimitedReaderTests
{
    private static List<DelimitedRecord> Read(byte[] bytes, char delimiter = ',')
    {
        using var lines = new TextLines(new MemoryStream(bytes), "test.csv");
        Assert.True(lines.TryRead(out var first));
        var reader = new DelimitedReader(lines, delimiter, first);
        var records = new List<DelimitedRecord>();
        while (reader.Read() is { } record)
            records.Add(record);
        return records;
    }

    private static List<DelimitedRecord> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData("a,", new[] { "a", "" })]
    [InlineData(",", new[] { "", "" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"a \"\"b\"\" c\"", new[] { "a \"b\" c" })]
    [InlineData("\"\",x", new[] { "", "x" })]
    [InlineData("\"a\nb\",c", new[] { "a\nb", "c" })]
    [InlineData("\"a\n\n\",", new[] { "a\n\n", "" })]
    [InlineData("Robert \"Bob\" Smith,x", new[] { "Robert \"Bob\" Smith", "x" })]
    public void A_record_is_split_as_rfc_4180_says(string text, string[] fields)
    {
        var record = Assert.Single(Read(text + "\r\n"));
        Assert.Null(record.Fault);
        Assert.Equal(fields, record.Fields);
    }

    [Fact]
    public void Any_fields_written_in_quotes_come_back()
    {
        var fields = ArbMap.Default.ArbFor<string[]>().Filter(row => row.Length > 0 && row.All(IsText));
        Prop.ForAll(fields, row =>
        {
            var record = Assert.Single(Read(string.Join(',', row.Select(Quote))));
            return record.Fields.SequenceEqual(row);
        }).QuickCheckThrowOnFailure();

        // Lone surrogates cannot be written as UTF-8; CR before a line end is part of the line end.
        static bool IsText(string? text) => text is not null && !text.Any(c => char.IsSurrogate(c) || c == '\r');
    }

    [Fact]
    public void No_bytes_whatever_make_it_throw_or_lose_a_line()
    {
        var alphabet = Gen.Elements((byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'a', (byte)0xD9, (byte)0x84, (byte)0xFF);
        Prop.ForAll(Arb.From(alphabet.NonEmptyListOf()), bytes =>
        {
            byte[] file = [(byte)'h', (byte)'\n', .. bytes];
            var records = Read(file);
            var last = records[^1].Line;
            var lines = file.Count(b => b == '\n') + (file[^1] == '\n' ? 0 : 1);
            return last <= lines && records.Zip(records.Skip(1), (a, b) => a.Line < b.Line).All(inOrder => inOrder);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void After_a_quote_that_is_never_closed_reading_goes_on_with_the_next_line()
    {
        var records = Read("a,b\n\"open,1\nc,d\ne,f\n");
        Assert.Equal([1, 2, 3, 4], records.Select(r => r.Line));
        Assert.Equal([true, false, true, true], records.Select(r => r.Fault is null));
        Assert.Equal(["e", "f"], records[3].Fields);
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_gather_a_whole_file()
    {
        var text = new StringBuilder("\"open\n");
        for (var i = 0; i < 300_000; i++)
            text.Append("row,").Append(i).Append('\n');
        var records = Read(text.ToString());
        Assert.Equal(300_001, records.Count);
        Assert.NotNull(records[0].Fault);
        Assert.All(records.Skip(1), record => Assert.Null(record.Fault));
    }
}
