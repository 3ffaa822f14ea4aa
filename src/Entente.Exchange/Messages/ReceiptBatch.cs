using System.Collections.Immutable;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Messages;

/// <summary>A receipt of an onward copy.</summary>
/// <param name="Sender">The id of the node that passed the copy on; the receipt was made for it.</param>
/// <param name="Receipt">The text of the receipt.</param>
public sealed record OnwardReceipt(string Sender, string Receipt);

/// <summary>Receipts that travel together: the sender's own, and forwarded ones of onward copies with the cards of those that signed them. Immutable. Nothing in it is checked but its form.</summary>
public sealed record ReceiptBatch
{
    /// <summary>The most receipts in a batch.</summary>
    public const int MaxReceipts = 1000;

    /// <summary>The most cards in a batch.</summary>
    public const int MaxCards = 50;

    /// <summary>The most bytes of a batch.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private sealed record Json(string[] Receipts, OnwardReceipt[] Onward, string[] Cards);

    /// <summary>A batch.</summary>
    /// <param name="receipts">Texts of receipts that the sender of the batch signed.</param>
    /// <param name="onward">Receipts that others signed for nodes that passed copies on.</param>
    /// <param name="cards">Cards of nodes that signed those.</param>
    /// <exception cref="ArgumentException">There are too many of something.</exception>
    public ReceiptBatch(IEnumerable<string> receipts, IEnumerable<OnwardReceipt>? onward = null, IEnumerable<string>? cards = null)
    {
        Receipts = [.. receipts];
        Onward = [.. onward ?? []];
        Cards = [.. cards ?? []];
        if (Receipts.Length + Onward.Length > MaxReceipts || Cards.Length > MaxCards)
            throw new ArgumentException($"A batch holds up to {MaxReceipts} receipts and {MaxCards} cards.");
    }

    /// <summary>Texts of receipts that the sender of the batch signed.</summary>
    public ImmutableArray<string> Receipts { get; }

    /// <summary>Receipts that others signed for nodes that passed copies on.</summary>
    public ImmutableArray<OnwardReceipt> Onward { get; }

    /// <summary>Cards of nodes that signed those.</summary>
    public ImmutableArray<string> Cards { get; }

    /// <summary>Reads a batch.</summary>
    /// <param name="json">What came.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="RefusedException">It is none, or too large.</exception>
    public static ReceiptBatch Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            throw new RefusedException(Refusal.TooLarge, $"The batch of receipts is {json.Length} bytes long; it may have {MaxBytes}.");
        var batch = StrictJson.Read<Json>(json, "batch of receipts");
        return batch.Receipts.Length + batch.Onward.Length <= MaxReceipts && batch.Cards.Length <= MaxCards
            ? new ReceiptBatch(batch.Receipts, batch.Onward, batch.Cards)
            : throw new RefusedException(Refusal.TooLarge, $"The batch holds more than {MaxReceipts} receipts or {MaxCards} cards.");
    }

    /// <summary>The batch as it travels.</summary>
    /// <returns>JSON in UTF-8.</returns>
    public byte[] ToBytes() => StrictJson.Write(new Json([.. Receipts], [.. Onward], [.. Cards]));
}
