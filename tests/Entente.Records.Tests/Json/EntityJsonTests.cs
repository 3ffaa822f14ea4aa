using System.Text;
using Entente.Records.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Records.Tests.Json;

public sealed class EntityJsonTests
{
    private const string Minimal = """{"id":"a","schema":"Person","properties":{"name":["A B"]}}""";

    private static List<Entity> Lines(string text, Action<RecordWarning>? warn = null, int max = 4096) =>
        Lines(Encoding.UTF8.GetBytes(text), warn, max);

    private static List<Entity> Lines(byte[] bytes, Action<RecordWarning>? warn = null, int max = 4096) =>
        [.. EntityJson.ReadLines(new MemoryStream(bytes), "people.json", warn, max)];

    private static RecordFormatException Fails(string text) => Assert.Throws<RecordFormatException>(() => Lines(text));

    [Fact]
    public void Every_field_of_an_entity_is_read()
    {
        var entity = Assert.Single(Lines("""
            {"id":"Q1","caption":"Tamim","schema":"Person","properties":{"name":["Tamim","تميم"],"shoeSize":["44"]},"referents":["x-1"],"datasets":["d1","d2"],"first_seen":"2024-01-01T00:00:00","last_seen":"2024-02-01","last_change":"2024-01-15","target":true,"other":{"a":[1]}}
            """));
        Assert.Equal(("Q1", "Tamim", "Person"), (entity.Id, entity.Caption, entity.Schema));
        Assert.Equal(["Tamim", "تميم"], entity.Get("name"));
        Assert.Equal(["44"], entity.Get("shoeSize"));
        Assert.Equal(["x-1"], entity.Referents);
        Assert.Equal(["d1", "d2"], entity.Datasets);
        Assert.Equal(("2024-01-01T00:00:00", "2024-02-01", "2024-01-15"), (entity.FirstSeen, entity.LastSeen, entity.LastChange));
        Assert.True(entity.Target);
        Assert.All(entity.Statements, s => Assert.Equal(Statement.UndefinedDataset, s.Dataset));
    }

    [Fact]
    public void Lines_may_end_as_Windows_ends_them_or_not_at_all_and_may_be_blank()
    {
        Assert.Equal(2, Lines($"\uFEFF{Minimal}\r\n\r\n  \n{Minimal}").Count);
        Assert.Empty(Lines(""));
    }

    [Fact]
    public void Numbers_and_bare_texts_count_as_values_and_objects_are_left_out_with_a_warning()
    {
        var warnings = new List<RecordWarning>();
        var entity = Assert.Single(Lines("""{"id":"a","schema":"Person","properties":{"name":"A","height":[1.80,null,true],"jobs":[{"at":"B"},["x"]]}}""", warnings.Add));
        Assert.Equal(["A"], entity.Get("name"));
        Assert.Equal(["1.80", "true"], entity.Get("height"));
        Assert.Empty(entity.Get("jobs"));
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, w => Assert.Equal((1, "a"), (w.Line, w.EntityId)));
    }

    [Theory]
    [InlineData("[]", "expected one JSON object per line")]
    [InlineData("\"x\"", "expected one JSON object per line")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"name":["A""", "not valid JSON")]
    [InlineData("""{"schema":"Person","properties":{}}""", "no 'id'")]
    [InlineData("""{"id":7,"schema":"Person","properties":{}}""", "'id' must be a text")]
    [InlineData("""{"id":"a","properties":{}}""", "no 'schema'")]
    [InlineData("""{"id":"a","schema":"person","properties":{}}""", "the schema 'person'")]
    [InlineData("""{"id":"a","schema":"Person"}""", "no 'properties'")]
    [InlineData("""{"id":"a","schema":"Person","properties":[]}""", "must be an object")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"name":["\ud800"]}}""", "surrogate")]
    [InlineData("""{"id":"a","schema":"Person","properties":{},"datasets":"x"}""", "'datasets' must be a list")]
    [InlineData("""{"id":"a","schema":"Person","properties":{}} {}""", "not valid JSON")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"familyPerson":[{"id":"b","schema":"Family","properties":{}}]}}""", "nested form")]
    public void A_bad_line_is_named_with_its_number_and_its_fault(string line, string expected)
    {
        var error = Fails($"{Minimal}\n{line}\n");
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("people.json, line 2: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_line_that_never_ends_is_refused_before_it_fills_the_memory()
    {
        using var endless = new EndlessStream();
        var error = Assert.Throws<RecordFormatException>(() => EntityJson.ReadLines(endless, "bomb.json").Count());
        Assert.Contains("longer than", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.BytesRead, 16 * 1024 * 1024, 20 * 1024 * 1024);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(70_000)]
    public void The_limit_is_on_each_line_and_not_on_the_file(int padding)
    {
        var line = """{"id":"a","schema":"Person","properties":{"notes":["X"]}}""".Replace("X", new string('x', padding), StringComparison.Ordinal);
        Assert.Equal(5, Lines(string.Join('\n', Enumerable.Repeat(line, 5)), max: line.Length).Count);
        Assert.Throws<RecordFormatException>(() => Lines(line, max: line.Length - 1));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Minimal), (byte)'\n', .. "{\"id\":\""u8, 0xFF, .. "\"}"u8];
        var error = Assert.Throws<RecordFormatException>(() => Lines(bytes));
        Assert.Equal(2, error.Line);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-16", Assert.Throws<RecordFormatException>(() => Lines([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Minimal)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var texts = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => s.Get).Where(IsText);
        var entities =
            from id in texts
            from schema in Gen.Elements("Person", "Company", "Vessel", "Sanction")
            from dataset in texts
            from values in Gen.ListOf(Gen.Zip(texts, texts))
            from target in ArbMap.Default.GeneratorFor<bool?>()
            select values.Aggregate(new EntityBuilder(id, schema, dataset) { Target = target }, (b, v) => b.Add(v.Item1, v.Item2)).Build();

        Prop.ForAll(entities.ToArbitrary(), entity =>
        {
            var bytes = new MemoryStream();
            EntityJson.WriteLines(bytes, [entity, entity]);
            bytes.Position = 0;
            var read = EntityJson.ReadLines(bytes, "round trip").ToList();
            return read.Count == 2 && read.TrueForAll(r => Same(entity, r)) && EntityJson.ToText(entity) == EntityJson.ToText(read[1]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("lists/au.ftm.json", 3811)]
    [InlineData("lists/ca.ftm.json", 3473)]
    [InlineData("lists/ch.ftm.json", 7608)]
    [InlineData("lists/nz.ftm.json", 701)]
    [InlineData("lists/opensanctions-export/entities.ftm.json", 1565)]
    [InlineData("ftm/donations.ijson", 474)]
    [InlineData("ftm/aleph_samples.ijson", 21)]
    public void Real_files_are_read_whole_and_written_back_the_same(string file, int count)
    {
        using var stream = File.OpenRead(RealData.File(file));
        var entities = EntityJson.ReadLines(stream, file).ToList();
        Assert.Equal(count, entities.Count);

        var bytes = new MemoryStream();
        EntityJson.WriteLines(bytes, entities);
        bytes.Position = 0;
        Assert.All(entities.Zip(EntityJson.ReadLines(bytes, file)), pair => Assert.True(Same(pair.First, pair.Second)));
    }

    [Fact]
    public void A_real_nested_export_is_refused_with_advice()
    {
        using var stream = File.OpenRead(RealData.File("lists/opensanctions-export/targets.nested.json"));
        var error = Assert.Throws<RecordFormatException>(() => EntityJson.ReadLines(stream, "targets.nested.json").Count());
        Assert.Contains("entities.ftm.json", error.Message, StringComparison.Ordinal);
    }

    private static bool IsText(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Trim() == text && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static bool Same(Entity a, Entity b) =>
        a.Id == b.Id && a.Schema == b.Schema && a.Caption == b.Caption && a.Target == b.Target
        && a.Datasets.SequenceEqual(b.Datasets) && a.Referents.SequenceEqual(b.Referents)
        && a.FirstSeen == b.FirstSeen && a.LastSeen == b.LastSeen && a.LastChange == b.LastChange
        && a.Properties.Count == b.Properties.Count && a.Properties.All(p => p.Value.SequenceEqual(b.Get(p.Key)));

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            BytesRead += count;
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
