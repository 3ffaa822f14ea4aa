using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Node.Holdings;
using Entente.Node.Holdings.Pages;
using Entente.Node.Hosting;
using Entente.Node.Web.Words;
using Entente.Records.Markings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Tests.Web;

/// <summary>What is typed into the form of a record is what the record says, and the other way round.</summary>
public sealed class RecordFormTests
{
    private static readonly Dictionary<string, string> Marked = new()
    {
        ["tlp"] = "TLP:AMBER", ["audience"] = "anyone", ["legalBasis"] = "S/RES/2253 (2015)", ["purpose"] = "counter-terrorism",
        ["category"] = "Suspect", ["source"] = "B", ["information"] = "2", ["expires"] = "2027-03-14",
    };

    [Fact]
    public void A_record_read_into_the_form_and_back_says_the_same_with_the_same_marks()
    {
        ImmutableArray<RecordStatement> statements =
        [
            new("birthDate", "1975-03"),
            new("name", "تميم النهري") { Lang = "ara" },
            new("name", "Tamim al-Nahri") { Mark = new StatementMark(Tlp.Clear, Audience.Of(["node-one", "node-two"])) },
            new("nationality", "ly"),
            new("passportNumber", "LY-4471920") { Mark = new StatementMark(Tlp.Red, Audience.Nobody) },
        ];
        var content = Read("Person", RecordForm.LinesOf(statements), Marked).ToContent("id", "node-us", 1, null);
        Assert.Equal(statements, content.Statements);
        Assert.Equal(new DateTimeOffset(2027, 3, 14, 23, 59, 59, TimeSpan.Zero), content.Marking.Expires);
        Assert.Equal("B2", content.Marking.Grade.ToString());
        Assert.True(content.Marking.Audience.IsAnyone);
    }

    [Fact]
    public void An_end_whose_day_stays_is_not_put_off_by_a_new_version()
    {
        var ends = new DateTimeOffset(2027, 3, 14, 8, 15, 0, TimeSpan.Zero);
        RecordLine[] lines = [new("name", "A")];
        Assert.Equal(ends, Read("Person", lines, Marked, ends).Marking.Expires);
        Assert.Equal(15, Read("Person", lines, new(Marked) { ["expires"] = "2027-03-15" }, ends).Marking.Expires.Day);
    }

    [Fact]
    public void Without_a_partner_ticked_a_record_is_for_nobody()
    {
        var content = Read("Person", [new RecordLine("name", "Tamim al-Nahri")], new(Marked) { ["audience"] = "only" }).ToContent("id", "node-us", 1, null);
        Assert.Equal(Audience.Nobody, content.Marking.Audience);
    }

    [Theory]
    [InlineData("ar", "ليبيا", "ذكر")]
    [InlineData("fr", "Libye", "masculin")]
    [InlineData("ru", "Ливия", "мужской")]
    [InlineData("en", "Libya", "Male")]
    public void Countries_and_genders_are_taken_as_the_reader_writes_them(string language, string country, string gender)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        var draft = Read("Person", [new RecordLine("name", "A"), new RecordLine("nationality", country), new RecordLine("gender", gender)], Marked);
        Assert.Equal(["male", "A", "ly"], draft.ToContent("id", "node-us", 1, null).Statements.Select(each => each.Value));
    }

    [Fact]
    public void What_a_program_sends_is_written_as_what_is_typed()
    {
        var draft = JsonSerializer.Deserialize<RecordDraft>("""
            {"schema":"Person","properties":{"name":["A"],"birthDate":["14 March 1971"],"nationality":["Libya",{"value":"TUN","tlp":"TLP:RED"}],"gender":["Male"]},
             "marking":{"tlp":"TLP:AMBER","legalBasis":"a","purpose":"b","category":"suspect","grade":"B2","expires":"2100-01-01T00:00:00Z"}}
            """, Entente.Node.Store.NodeJson.Options)!;
        Assert.Equal(["1971-03-14", "male", "A", "ly", "tn"], draft.ToContent("id", "node-us", 1, null).Statements.Select(each => each.Value));
    }

    [Theory]
    [InlineData("birthDate", "soon")]
    [InlineData("nationality", "Nowhere at all")]
    [InlineData("gender", "?")]
    [InlineData("", "beside no property")]
    public void What_would_never_match_anything_is_refused_and_named(string property, string value)
    {
        var fault = Assert.Throws<RequestException>(() => Read("Person", [new RecordLine("name", "A"), new RecordLine(property, value)], Marked).ToContent("id", "node-us", 1, null));
        Assert.Equal(400, fault.Status);
        Assert.Contains(property.Length > 0 ? property : value, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tlp", "")]
    [InlineData("source", "")]
    [InlineData("expires", "")]
    [InlineData("category", "")]
    [InlineData("legalBasis", "")]
    public void Without_a_whole_marking_there_is_no_record(string field, string value)
    {
        var fields = new Dictionary<string, string>(Marked) { [field] = value };
        var refused = false;
        try
        {
            refused = Read("Person", [new RecordLine("name", "A")], fields).ToContent("id", "node-us", 1, null).Fault() is not null;
        }
        catch (RequestException)
        {
            refused = true;
        }
        Assert.True(refused);
    }

    private static RecordDraft Read(string schema, IReadOnlyList<RecordLine> lines, Dictionary<string, string> fields, DateTimeOffset? ends = null)
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return RecordForm.Read(schema, lines, name => fields.GetValueOrDefault(name, ""), _ => [], new EntityWords(services.GetRequiredService<IStringLocalizer<EntityTexts>>()), ends);
    }

    private static string? Value(ImmutableArray<JsonElement> values) => Assert.Single(values).GetProperty("value").GetString();
}
