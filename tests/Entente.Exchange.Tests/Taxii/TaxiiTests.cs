using System.Text;
using System.Text.Json;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;
using Entente.Exchange.Tests.Stix;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Taxii;

public sealed class TaxiiTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("*/*", true)]
    [InlineData("application/*;q=0.5", true)]
    [InlineData("application/taxii+json", true)]
    [InlineData("application/taxii+json;version=2.1", true)]
    [InlineData("application/taxii+json; version=\"2.1\"", true)]
    [InlineData("text/html, Application/TAXII+JSON ; Version=2.1", true)]
    [InlineData("application/taxii+json;version=2.0", false)]
    [InlineData("application/taxii+json;version=2.1;q=0", false)]
    [InlineData("application/vnd.oasis.taxii+json; version=2.0", false)]
    [InlineData("application/json", false)]
    [InlineData("text/html", false)]
    public void Who_takes_TAXII_is_told_from_who_does_not(string? accept, bool expected) => Assert.Equal(expected, TaxiiMedia.Accepts(accept));

    [Theory]
    [InlineData("application/taxii+json;version=2.1", true)]
    [InlineData("application/taxii+json; version=2.1; charset=utf-8", true)]
    [InlineData("application/taxii+json", true)]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    [InlineData("application/taxii+json;version=2.0", false)]
    [InlineData(null, false)]
    public void An_answer_of_TAXII_is_told_from_others(string? type, bool expected) => Assert.Equal(expected, TaxiiMedia.IsTaxii(type));

    [Fact]
    public void A_filter_is_read_as_it_was_written()
    {
        var flags = Gen.Elements(true, false);
        var filters = from after in Gen.Elements<DateTimeOffset?>(null, Samples.First, Samples.First.AddTicks(10))
                      from limit in Gen.Elements<int?>(null, 1, 1000)
                      from next in Gen.Elements<string?>(null, "5f&=+ é")
                      from ids in Gen.SubListOf(StixIds.OfNode("a"), StixIds.OfNode("b"))
                      from types in Gen.SubListOf("identity", "x-own-type")
                      from first in flags
                      from last in flags
                      from all in flags
                      from times in Gen.SubListOf(Samples.First, Samples.First.AddTicks(10))
                      select new TaxiiFilter
                      {
                          AddedAfter = after, Limit = limit, Next = next, Ids = [.. ids], Types = [.. types], SpecVersions = limit is null ? [] : ["2.1", "2.0"],
                          Versions = first || last || all || times.Count > 0 ? new TaxiiVersionChoice(first, last, all, [.. times]) : TaxiiVersionChoice.Latest,
                      };
        Prop.ForAll(filters.ToArbitrary(), filter =>
        {
            var read = TaxiiFilter.Read(filter.ToQuery().TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('=')).Select(part => KeyValuePair.Create(Uri.UnescapeDataString(part[0]), Uri.UnescapeDataString(part[1]))));
            return Text(read) == Text(filter);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_filter_of_more_values_than_anybody_needs_is_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, 101).Select(number => StixIds.Of("note", $"{number}")));
        Assert.Contains("up to 100", Assert.Throws<TaxiiFilterException>(() => TaxiiFilter.Read([KeyValuePair.Create("match[id]", many)])).Message);
        var fault = Assert.Throws<TaxiiFilterException>(() => TaxiiFilter.Read([KeyValuePair.Create(new string('x', 5000), "")]));
        Assert.True(fault.Message.Length < 300, fault.Message);
    }

    [Fact]
    public void Messages_have_the_members_of_the_specification()
    {
        static string Json<T>(T message) => JsonSerializer.Serialize(message, TaxiiJson.Options);
        Assert.Equal("""{"title":"a","api_roots":["b"],"default":"b"}""", Json(new TaxiiDiscovery("a", ["b"], Default: "b")));
        Assert.Equal("""{"title":"a","versions":["application/taxii+json;version=2.1"],"max_content_length":7}""", Json(new TaxiiApiRoot("a", [TaxiiMedia.Taxii], 7)));
        Assert.Equal("""{"collections":[{"id":"a","title":"b","can_read":true,"can_write":false,"media_types":["application/stix+json;version=2.1"]}]}""", Json(new TaxiiCollections([new TaxiiCollectionInfo("a", "b", true, false, MediaTypes: [TaxiiMedia.Stix])])));
        Assert.Equal("""{"more":true,"objects":[{"id":"a","date_added":"b","version":"c"}]}""", Json(new TaxiiManifest(true, [new TaxiiManifestRecord("a", "b", "c")])));
        Assert.Equal("""{"more":false,"versions":["a"]}""", Json(new TaxiiVersions(false, ["a"])));
        Assert.Equal("""{"title":"a","description":"b","http_status":"404"}""", Json(new TaxiiError("a", "b", "404")));
        Assert.Equal("{}", Json(new TaxiiCollections()));
    }

    [Fact]
    public void Messages_of_another_server_are_read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(RealData.File("stix/taxii/default_data.json")));
        static T Read<T>(JsonElement json)
            where T : class => TaxiiJson.Read<T>(Encoding.UTF8.GetBytes(json.GetRawText()), "sample");
        var discovery = Read<TaxiiDiscovery>(document.RootElement.GetProperty("/discovery"));
        Assert.Equal(("Some TAXII Server", 3), (discovery.Title, discovery.ApiRoots!.Value.Length));
        var group = document.RootElement.GetProperty("trustgroup1");
        Assert.Equal(9765625, Read<TaxiiApiRoot>(group.GetProperty("information")).MaxContentLength);
        var collections = Read<TaxiiCollections>(group).Collections!.Value;
        Assert.Equal(5, collections.Length);
        Assert.Contains(collections, collection => collection is { CanRead: false, CanWrite: true });
        var status = Read<TaxiiStatus>(group.GetProperty("status")[0]);
        Assert.Equal(("pending", 4, 2), (status.Status, status.TotalCount, status.Pendings!.Value.Length));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"title\":7}")]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}")]
    [InlineData("{\"title\":\"\\ud800\"}")]
    [InlineData("{")]
    public void What_is_no_message_is_refused(string json) => Assert.StartsWith("here: ", Assert.Throws<TaxiiFormatException>(() => TaxiiJson.Read<TaxiiDiscovery>(Encoding.UTF8.GetBytes(json), "here")).Message);

    private static string Text(TaxiiFilter filter) => string.Join(' ', filter.AddedAfter?.UtcTicks, filter.Limit, filter.Next, string.Join(',', filter.Ids), string.Join(',', filter.Types), string.Join(',', filter.SpecVersions),
        filter.Versions.First, filter.Versions.Last, filter.Versions.All, string.Join(',', filter.Versions.Times.Select(time => time.UtcTicks)));
}
