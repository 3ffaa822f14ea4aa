using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Exchange.Stix;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Stix;

public sealed class StixReaderTests
{
    private const string Identity = """{"type":"identity","spec_version":"2.1","id":"identity--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10.983Z","modified":"2016-08-08T15:50:10.983Z","name":"Franistan Intelligence","identity_class":"organization"}""";

    [Fact]
    public void Everything_valid_of_the_real_data_is_read()
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(RealData.File("stix/examples/apt1.json")))!;
        var read = 0;
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file)!.EndsWith("examples", StringComparison.Ordinal)))
        {
            var name = Path.GetFileName(file);
            using var stream = File.OpenRead(file);
            // Some of the files are JSON schemas, which are no STIX, and one of those is no JSON.
            if (name.Contains("invalid", StringComparison.Ordinal) || name.StartsWith("test_schemas__", StringComparison.Ordinal))
            {
                Assert.StartsWith(name, Assert.Throws<StixFormatException>(() => StixReader.Read(stream, name)).Message);
                continue;
            }
            var bundle = StixReader.Read(stream, name);
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var ids = document.RootElement.TryGetProperty("objects", out var objects) ? objects.EnumerateArray().ToArray() : [document.RootElement];
            Assert.Equal(ids.Select(item => item.GetProperty("id").GetString()), bundle.Objects.Select(item => item.Id));
            var imported = StixImport.Read(bundle, name);
            Assert.Equal(bundle.Objects.Count(item => item.Type != "marking-definition"), imported.Records.Length + imported.Kept.Length + imported.Recalls.Length);
            read++;
        }
        Assert.True(read >= 13, $"{read}");
    }

    [Fact]
    public void Faults_of_the_real_data_are_told_with_their_place()
    {
        static string Fault(string name)
        {
            using var stream = File.OpenRead(RealData.File($"stix/validator-examples/{name}"));
            return Assert.Throws<StixFormatException>(() => StixReader.Read(stream, name)).Message;
        }
        Assert.Contains("not valid JSON at line 1, byte 1", Fault("test_examples__invalid_braces.json"));
        Assert.Contains("not valid JSON at line 9", Fault("test_examples__invalid_comma.json"));
        Assert.Contains(", modified: this must be there.", Fault("test_examples__invalid_identity.json"));
        Assert.Contains(", modified: it is before created, 2016-08-08T15:50:10.983Z.", Fault("test_examples__invalid_timestamp.json"));
    }

    [Fact]
    public void Both_generations_of_marking_on_one_object_are_told_apart()
    {
        using var stream = File.OpenRead(RealData.File("stix/examples/interop-objectmarking-test.json"));
        var handling = Assert.Single(StixImport.Read(StixReader.Read(stream, "test"), "test").Kept).Handling;
        Assert.Equal(Records.Markings.Tlp.Red, handling.Tlp);
        Assert.False(handling.Understood);
        Assert.Equal(["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ec"], handling.Conditions);
    }

    [Theory]
    [InlineData("\"type\":\"identity\"", "\"type\":7", "type: expected the type")]
    [InlineData("\"type\":\"identity\"", "\"type\":\"location\"", "id: expected location-- and a UUID")]
    [InlineData("identity--8c", "identity--8g", "id: expected identity-- and a UUID")]
    [InlineData("\"spec_version\":\"2.1\"", "\"spec_version\":\"2.0\"", "spec_version: expected \"2.1\"")]
    [InlineData("\"spec_version\":\"2.1\"", "\"spec_version\":2.1", "spec_version: expected \"2.1\"")]
    [InlineData("\"spec_version\":\"2.1\",", "", "spec_version: expected \"2.1\"")]
    [InlineData("\"created\":\"2016-08-08T15:50:10.983Z\"", "\"created\":\"2016-08-08T15:50:10.983+02:00\"", "created: expected a time in UTC")]
    [InlineData("\"created\":\"2016-08-08T15:50:10.983Z\"", "\"created\":\"2016-02-30T15:50:10.983Z\"", "created: expected a time in UTC")]
    [InlineData("\"name\":\"Franistan Intelligence\",", "", "name: this must be there")]
    [InlineData("\"name\":\"Franistan Intelligence\"", "\"name\":[\"a\"]", "name: expected a text")]
    [InlineData("\"name\":", "\"labels\":[],\"name\":", "labels: expected a list, not empty")]
    [InlineData("\"name\":", "\"confidence\":101,\"name\":", "confidence: expected a whole number from 0 to 100")]
    [InlineData("\"name\":", "\"revoked\":\"yes\",\"name\":", "revoked: expected true or false")]
    [InlineData("\"name\":", "\"object_marking_refs\":[\"identity--8c6af861-7b20-41ef-9b59-6344fd872a8f\"],\"name\":", "object_marking_refs: expected ids of marking definitions")]
    [InlineData("\"name\":", "\"granular_markings\":[{\"selectors\":[\"name\"]}],\"name\":", "granular_markings: expected either marking_ref or lang")]
    [InlineData("\"name\":", "\"extensions\":{\"a\":7},\"name\":", "extensions.a: expected an object")]
    [InlineData("\"name\":", "\"name\":\"twice\",\"name\":", "a member twice")]
    public void What_is_not_in_order_is_refused_with_its_place(string old, string other, string expected)
    {
        Assert.Contains(old, Identity);
        var one = Assert.Throws<StixFormatException>(() => Read(Identity.Replace(old, other, StringComparison.Ordinal)));
        Assert.Contains(expected, one.Message);
        var many = Assert.Throws<StixFormatException>(() => Read($$"""{"type":"bundle","id":"bundle--8c6af861-7b20-41ef-9b59-6344fd872a8f","objects":[{{Identity}},{{Identity.Replace(old, other, StringComparison.Ordinal)}}]}"""));
        if (one.Path.Length > 0)
            Assert.StartsWith("objects[1].", many.Path);
    }

    [Theory]
    [InlineData("""{"type":"location","spec_version":"2.1","id":"location--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","name":"x"}""", "a location needs a region")]
    [InlineData("""{"type":"location","spec_version":"2.1","id":"location--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","latitude":91,"longitude":0}""", "latitude: expected degrees")]
    [InlineData("""{"type":"location","spec_version":"2.1","id":"location--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","latitude":1}""", "stand together")]
    [InlineData("""{"type":"opinion","spec_version":"2.1","id":"opinion--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","opinion":"perhaps","object_refs":["identity--8c6af861-7b20-41ef-9b59-6344fd872a8f"]}""", "opinion: expected one of")]
    [InlineData("""{"type":"report","spec_version":"2.1","id":"report--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","name":"x","published":"2016-08-08T15:50:10Z","object_refs":["x"]}""", "object_refs: expected a list, not empty, of ids")]
    [InlineData("""{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z"}""", "definition_type: this must be there")]
    [InlineData("""{"type":"bundle","objects":[]}""", "id: expected bundle--")]
    [InlineData("""{"type":"bundle","id":"bundle--8c6af861-7b20-41ef-9b59-6344fd872a8f","objects":{}}""", "objects: expected a list")]
    [InlineData("7", "expected a STIX bundle or object")]
    [InlineData("[[]]", "[0]: expected a STIX object")]
    [InlineData("""{"properties":{}}""", "this is no STIX")]
    public void What_single_types_demand_is_asked(string json, string expected) => Assert.Contains(expected, Assert.Throws<StixFormatException>(() => Read(json)).Message);

    [Fact]
    public void What_is_not_known_is_kept_as_it_is()
    {
        const string Bundle = """
            {"type":"bundle","id":"bundle--8c6af861-7b20-41ef-9b59-6344fd872a8f","objects":[
            {"type":"x-new-type","spec_version":"2.1","id":"x-new-type--8c6af861-7b20-41ef-9b59-6344fd872a8f","created":"2016-08-08T15:50:10Z","modified":"2016-08-08T15:50:10Z","property1":"a","extensions":{"extension-definition--ba73205e-96bb-40d3-8168-0056d862b229":{"extension_type":"new-sdo"}}},
            {"type":"x-new-observable","id":"x-new-observable--8c6af861-7b20-41ef-9b59-6344fd872a8f","foo":{"deep":[1,2,{"a":null}]}},
            {"type":"ipv4-addr","id":"ipv4-addr--8c6af861-7b20-41ef-9b59-6344fd872a8f","value":"198.51.100.3"}]}
            """;
        var read = StixImport.Read(Read(Bundle), "test");
        Assert.Equal(["x-new-type", "x-new-observable", "ipv4-addr"], read.Kept.Select(kept => kept.Item.Type));
        Assert.Contains("""{"deep":[1,2,{"a":null}]}""", read.Kept[1].Item.ToString());
        Assert.All(read.Kept, kept => Assert.Equal(StixHandling.Unsaid, kept.Handling));
    }

    [Fact]
    public void Of_several_versions_the_latest_stays()
    {
        var older = Identity.Replace("\"modified\":\"2016", "\"modified\":\"2017", StringComparison.Ordinal).Replace("Franistan", "Second", StringComparison.Ordinal);
        var newer = Identity.Replace("\"modified\":\"2016", "\"modified\":\"2019", StringComparison.Ordinal).Replace("Franistan", "Third", StringComparison.Ordinal);
        Assert.Equal("Third Intelligence", Assert.Single(Read($"[{Identity},{newer},{older}]").Objects).Text("name"));
    }

    [Fact]
    public void No_more_is_read_than_the_limits_say()
    {
        var limits = new StixLimits { Bytes = 2000, Objects = 3, Depth = 8 };
        Assert.Contains("larger than 2000 bytes", Assert.Throws<StixFormatException>(() => StixReader.Read(new Endless(), "test", limits)).Message);
        Assert.Contains("larger than 2000 bytes", Assert.Throws<StixFormatException>(() => StixReader.Read(new byte[2001], "test", limits)).Message);
        Assert.Contains("more than 3 objects", Assert.Throws<StixFormatException>(() => StixReader.Read(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Identity, 4))}]"), "test", limits)).Message);
        Assert.Contains("deeper than 8 levels", Assert.Throws<StixFormatException>(() => StixReader.Read(Encoding.UTF8.GetBytes(new string('[', 500)), "test", limits)).Message);
    }

    [Fact]
    public void Whatever_is_broken_in_it_no_other_error_comes_out()
    {
        var good = StixBundle.Of(Samples.Write(Samples.All).Select(item => item.Item)).ToUtf8();
        var broken = from at in Gen.Choose(0, good.Length - 1)
                     from length in Gen.Choose(0, 12)
                     from bytes in Gen.ArrayOf(Gen.Elements("{}[]\",:0-ae\\ud800\0\x80"u8.ToArray()))
                     select ((byte[])[.. good[..at], .. bytes, .. good[Math.Min(good.Length, at + length)..]]);
        var (refused, taken) = (0, 0);
        Prop.ForAll(broken.ToArbitrary(), bytes =>
        {
            try
            {
                StixImport.Read(StixReader.Read(bytes, "test"), "test");
                taken++;
            }
            catch (StixFormatException)
            {
                refused++;
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(refused > 50, string.Create(CultureInfo.InvariantCulture, $"{refused} refused, {taken} taken"));
    }

    private static StixBundle Read(string json) => StixReader.Read(Encoding.UTF8.GetBytes(json), "test");

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
