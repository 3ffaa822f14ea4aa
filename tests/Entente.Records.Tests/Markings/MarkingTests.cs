using System.Text.Json;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Records.Tests.Markings;

public sealed class MarkingTests
{
    private const string Us = "node-us";
    private const string Ally = "node-ally";
    private const string Third = "node-third";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Relaxed = new(Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Marking Sample = new()
    {
        Originator = Us,
        Tlp = Tlp.Amber,
        Audience = Audience.Of([Ally, Third]),
        LegalBasis = "S/RES/2253 (2015)",
        Purpose = "counter-terrorism",
        Category = EntityCategory.Suspect,
        Grade = Grade("B2"),
        Expires = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly Gen<Audience> Audiences = Gen.OneOf(
        Gen.Constant(Audience.Anyone),
        Gen.SubListOf(Us, Ally, Third, "node-fourth").Select(Audience.Of));

    private static readonly Gen<Marking> Markings =
        from tlp in Gen.Elements(TlpText.All.ToArray())
        from audience in Audiences
        from days in Gen.Choose(-500, 500)
        select Sample with { Tlp = tlp, Audience = audience, Expires = Sample.Expires.AddDays(days) };

    [Fact]
    public void A_tightened_marking_allows_no_more_than_either()
    {
        var cases = from one in Markings from other in Markings from handing in Gen.Elements(Us, Ally, Third) from taking in Gen.Elements(Ally, Third, "node-fourth") select (one, other, handing, taking);
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var both = each.one.Tighten(each.other);
            var allowed = both.Allows(each.handing, each.taking);
            return both.IsAtLeastAsTightAs(each.one) && both.IsAtLeastAsTightAs(each.other) && both == each.other.Tighten(each.one)
                && (!allowed || each.one.Allows(each.handing, each.taking) || NamedByOther(each));
        }).QuickCheckThrowOnFailure();

        // A level may be open to a node only because the audience names it, and the name may come from the other marking.
        static bool NamedByOther((Marking one, Marking other, string handing, string taking) each) => each.other.Audience.Names(each.taking) && each.one.Audience.Admits(each.taking);
    }

    [Theory]
    [InlineData("TLP:CLEAR", true, true, true)]
    [InlineData("TLP:GREEN", true, true, true)]
    [InlineData("TLP:AMBER", true, true, false)]
    [InlineData("TLP:AMBER+STRICT", true, false, false)]
    [InlineData("TLP:RED", false, false, false)]
    public void The_level_says_who_hands_on_to_whom(string label, bool fromOriginatorToAnyone, bool relayedToNamed, bool relayedToAnyone)
    {
        Assert.True(TlpText.TryParse(label, out var level));
        var open = Sample with { Tlp = level, Audience = Audience.Anyone };
        var named = open with { Audience = Audience.Of([Ally, Third]) };
        Assert.Equal(fromOriginatorToAnyone, open.Allows(Us, Ally));
        Assert.True(named.Allows(Us, Ally));
        Assert.Equal(relayedToNamed, named.Allows(Ally, Third));
        Assert.Equal(relayedToAnyone, open.Allows(Ally, Third));
        Assert.False(named.Allows(Us, "node-fourth"));
    }

    [Fact]
    public void A_receiver_cannot_change_why_a_record_is_held()
    {
        Assert.False((Sample with { Purpose = "migration" }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { LegalBasis = "other" }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { Category = EntityCategory.Witness }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { Originator = Ally }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { Tlp = Tlp.Green }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { Expires = Sample.Expires.AddSeconds(1) }).IsAtLeastAsTightAs(Sample));
        Assert.False((Sample with { Audience = Audience.Anyone }).IsAtLeastAsTightAs(Sample));
        Assert.True((Sample with { Tlp = Tlp.Red, Audience = Audience.Of([Ally]) }).IsAtLeastAsTightAs(Sample));
    }

    [Fact]
    public void What_was_never_set_is_closed()
    {
        Assert.Equal(Tlp.Red, default);
        Assert.Equal(EntityCategory.None, default);
        Assert.False(EntityCategory.None.Fits("Person"));
        Assert.False(TlpText.TryParse("TLP:PURPLE", out var level));
        Assert.Equal(Tlp.Red, level);
    }

    [Fact]
    public void Json_comes_back_the_same() => Prop.ForAll(Markings.ToArbitrary(), marking =>
        JsonSerializer.Deserialize<Marking>(JsonSerializer.Serialize(marking, Web), Web) == marking).QuickCheckThrowOnFailure();

    [Fact]
    public void Json_is_as_documented() => Assert.Equal(
        """{"originator":"node-us","tlp":"TLP:AMBER","audience":["node-ally","node-third"],"legalBasis":"S/RES/2253 (2015)","purpose":"counter-terrorism","category":"suspect","grade":"B2","expires":"2027-01-01T00:00:00+00:00"}""",
        JsonSerializer.Serialize(Sample, Relaxed));

    [Theory]
    [InlineData("\"tlp\":\"TLP:AMBER\"", "\"tlp\":\"TLP:PURPLE\"")]
    [InlineData("\"tlp\":\"TLP:AMBER\",", "")]
    [InlineData("\"grade\":\"B2\"", "\"grade\":\"G2\"")]
    [InlineData("\"category\":\"suspect\"", "\"category\":\"none\"")]
    [InlineData("\"category\":\"suspect\"", "\"category\":1")]
    [InlineData("[\"node-ally\",\"node-third\"]", "\"everyone\"")]
    [InlineData("[\"node-ally\",\"node-third\"]", "[\"\"]")]
    [InlineData("{\"originator\"", "{\"neverOnMondays\":true,\"originator\"")]
    public void Json_that_is_not_wholly_understood_is_no_marking(string was, string becomes)
    {
        var json = JsonSerializer.Serialize(Sample, Web);
        Assert.Contains(was, json, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Marking>(json.Replace(was, becomes, StringComparison.Ordinal), Web));
    }

    [Fact]
    public void A_category_fits_its_schema()
    {
        Assert.Null(Sample.FaultFor("Person"));
        Assert.Contains("category", Sample.FaultFor("Vessel"), StringComparison.Ordinal);
        Assert.Contains("category", (Sample with { Category = EntityCategory.Thing }).FaultFor("Person"), StringComparison.Ordinal);
        Assert.Null((Sample with { Category = EntityCategory.Thing }).FaultFor("Vessel"));
        Assert.Null((Sample with { Category = EntityCategory.Organisation }).FaultFor("Company"));
        Assert.Contains("grade", (Sample with { Grade = default }).FaultFor("Person"), StringComparison.Ordinal);
        Assert.Contains("purpose", (Sample with { Purpose = " " }).FaultFor("Person"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_is_only_ever_tighter_than_its_entity()
    {
        var loose = new StatementMark(Tlp.Clear, Audience.Anyone).Under(Sample);
        Assert.Equal(Sample, loose);
        var tight = new StatementMark(Tlp.Red, Audience.Of([Ally])).Under(Sample);
        Assert.True(tight.Allows(Us, Ally));
        Assert.False(tight.Allows(Us, Third));
    }

    private static SourceGrade Grade(string text) => SourceGrade.TryParse(text, out var grade) ? grade : throw new ArgumentException(text);
}
