using System.Collections.Immutable;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Messages;

/// <summary>What a node answers a partner that asks what happened since a cursor. Immutable.</summary>
/// <remarks>The page itself is not signed: it comes over a connection whose other end is known, and each payload is.</remarks>
public sealed record EventPage
{
    /// <summary>The most events in a page.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The most bytes of a page.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxId = 200;

    private sealed record Json(ExchangeEvent[] Events, long Next, bool More);

    private EventPage(ImmutableArray<ExchangeEvent> events, long next, bool more)
    {
        Events = events;
        Next = next;
        More = more;
    }

    /// <summary>The events, in order of their numbers.</summary>
    public ImmutableArray<ExchangeEvent> Events { get; }

    /// <summary>The cursor to ask with next: the number of the last event, or where there is none the cursor asked with.</summary>
    public long Next { get; }

    /// <summary>Whether more is there already.</summary>
    public bool More { get; }

    /// <summary>Makes a page.</summary>
    /// <param name="cursor">The cursor asked with: the number of the last event that the partner has; 0 for none.</param>
    /// <param name="events">The events after it.</param>
    /// <param name="more">Whether more is there already.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentException">There are too many, or they do not go on from the cursor.</exception>
    public static EventPage Of(long cursor, IEnumerable<ExchangeEvent> events, bool more)
    {
        ImmutableArray<ExchangeEvent> list = [.. events];
        return FaultOf(cursor, list) is { } fault
            ? throw new ArgumentException(fault, nameof(events))
            : new EventPage(list, list.IsEmpty ? cursor : list[^1].Sequence, more);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="json">What came.</param>
    /// <param name="cursor">The cursor asked with.</param>
    /// <returns>The page.</returns>
    /// <exception cref="RefusedException">It is none, too large, or does not go on from the cursor.</exception>
    public static EventPage Parse(ReadOnlySpan<byte> json, long cursor)
    {
        if (json.Length > MaxBytes)
            throw new RefusedException(Refusal.TooLarge, $"The page of events is {json.Length} bytes long; it may have {MaxBytes}.");
        var page = StrictJson.Read<Json>(json, "page of events");
        ImmutableArray<ExchangeEvent> list = [.. page.Events];
        if (FaultOf(cursor, list) is { } fault)
            throw new RefusedException(list.Length > MaxEvents ? Refusal.TooLarge : Refusal.Inconsistent, fault);
        return page.Next == (list.IsEmpty ? cursor : list[^1].Sequence) && (!page.More || !list.IsEmpty)
            ? new EventPage(list, page.Next, page.More)
            : throw new RefusedException(Refusal.Inconsistent, "The page of events leads to another place than its last event.");
    }

    /// <summary>The page as it travels.</summary>
    /// <returns>JSON in UTF-8.</returns>
    public byte[] ToBytes() => StrictJson.Write(new Json([.. Events], Next, More));

    private static string? FaultOf(long cursor, ImmutableArray<ExchangeEvent> events)
    {
        if (events.Length > MaxEvents)
            return $"The page holds {events.Length} events; it may hold {MaxEvents}.";
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Sequence != cursor + 1 + i)
                return $"The page does not go on from the cursor {cursor}: its event {i + 1} has the number {events[i].Sequence}.";
            if (events[i] is { Kind: ExchangeEventKind.None } or { Version: < 1 } or { Payload: "" } or { Record: "" or { Length: > MaxId } })
                return $"The event {events[i].Sequence} lacks a kind, record, version or payload.";
        }
        return null;
    }
}
