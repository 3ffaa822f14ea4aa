using System.Text;
using Entente.Exchange.Messages;
using Entente.Exchange.Signing;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Messages;

public sealed class EventPageTests
{
    private static ExchangeEvent Event(long sequence, ExchangeEventKind kind = ExchangeEventKind.Released) => new(sequence, kind, "rec-1", 1, "a.b.c~");

    [Fact]
    public void A_page_goes_on_from_the_cursor_and_comes_back_the_same()
    {
        var cases =
            from cursor in Gen.Choose(0, 1_000_000)
            from kinds in Gen.Elements(ExchangeEventKind.Released, ExchangeEventKind.Amended, ExchangeEventKind.Tightened, ExchangeEventKind.Recalled).ListOf()
            from more in Gen.Elements(true, false)
            select (Cursor: (long)cursor, Events: kinds.Select((kind, i) => Event(cursor + 1 + i, kind)).ToArray(), More: more && kinds.Count > 0);
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var page = EventPage.Parse(EventPage.Of(each.Cursor, each.Events, each.More).ToBytes(), each.Cursor);
            return page.Events.SequenceEqual(each.Events) && page.Next == each.Cursor + each.Events.Length && page.More == each.More;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Json_is_as_documented() => Assert.Equal(
        """{"events":[{"sequence":8,"kind":"tightened","record":"rec-1","version":1,"payload":"a.b.c~"}],"next":8,"more":true}""",
        Encoding.UTF8.GetString(EventPage.Of(7, [Event(8, ExchangeEventKind.Tightened)], more: true).ToBytes()));

    [Fact]
    public void Events_left_out_doubled_or_out_of_order_are_noticed()
    {
        long[][] sequences = [[2], [1, 3], [1, 1], [2, 1], [0], [-1]];
        Assert.All(sequences, each =>
        {
            Assert.Throws<ArgumentException>(() => EventPage.Of(0, each.Select(sequence => Event(sequence)), more: false));
            Refuse.Because(Refusal.Inconsistent, () => EventPage.Parse(StrictJson.Write(new { events = each.Select(sequence => Event(sequence)), next = each[^1], more = false }), 0));
        });
        // The answer to another question.
        Refuse.Because(Refusal.Inconsistent, () => EventPage.Parse(EventPage.Of(5, [Event(6)], more: false).ToBytes(), 0));
        Refuse.Because(Refusal.Inconsistent, () => EventPage.Parse(EventPage.Of(5, [], more: false).ToBytes(), 0));
        // One that would be asked for again and again.
        Refuse.Because(Refusal.Inconsistent, () => EventPage.Parse("""{"events":[],"next":0,"more":true}"""u8, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"events":null,"next":0,"more":false}""")]
    [InlineData("""{"events":[null],"next":0,"more":false}""")]
    [InlineData("""{"events":[{"sequence":1,"kind":"none","record":"r","version":1,"payload":"p"}],"next":1,"more":false}""")]
    [InlineData("""{"events":[{"sequence":1,"kind":"deleted","record":"r","version":1,"payload":"p"}],"next":1,"more":false}""")]
    [InlineData("""{"events":[{"sequence":1,"kind":1,"record":"r","version":1,"payload":"p"}],"next":1,"more":false}""")]
    [InlineData("""{"events":[{"sequence":"1","kind":"released","record":"r","version":1,"payload":"p"}],"next":1,"more":false}""")]
    [InlineData("""{"events":[{"sequence":1,"kind":"released","record":"r","payload":"p"}],"next":1,"more":false}""")]
    [InlineData("""{"events":[],"next":0,"more":false,"more":true}""")]
    [InlineData("""{"events":[],"next":99999999999999999999,"more":false}""")]
    [InlineData("""{"events":[],"next":0,"more":false}{""")]
    public void What_is_no_page_is_refused(string json) => Refuse.Because(Refusal.Malformed, () => EventPage.Parse(Encoding.UTF8.GetBytes(json), 0));

    [Fact]
    public void A_page_has_bounds()
    {
        var many = Enumerable.Range(1, EventPage.MaxEvents + 1).Select(i => Event(i)).ToArray();
        Assert.Throws<ArgumentException>(() => EventPage.Of(0, many, more: false));
        Refuse.Because(Refusal.TooLarge, () => EventPage.Parse(StrictJson.Write(new { events = many, next = many.Length, more = false }), 0));
        Refuse.Because(Refusal.TooLarge, () => EventPage.Parse(new byte[EventPage.MaxBytes + 1], 0));
        Refuse.Because(Refusal.Malformed, () => EventPage.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000)), 0));
    }
}
