using System.Text.Json;

namespace Entente.Node.Audit;

/// <summary>Which entries the trail itself says were erased: at most one bit for each entry of it.</summary>
/// <param name="first">The number of the first entry that is looked at.</param>
/// <param name="count">How many entries there are. Nothing beyond them is remembered, whatever a forged entry claims.</param>
internal sealed class AuditCoverage(long first, long count)
{
    private const int BitsInPage = 1 << 15;

    private readonly Dictionary<long, ulong[]> _pages = [];

    /// <summary>Takes the numbers that an entry of <see cref="AuditAction.PersonalDataErased"/> names. Only entries before it count.</summary>
    public void Take(AuditRow erasure)
    {
        if (erasure.Action != AuditAction.PersonalDataErased || erasure.Payload is null || EntriesOf(erasure.Payload) is not { } entries)
            return;
        var end = Math.Min(erasure.Seq - first, count);
        foreach (var (from, to) in NumberRanges.Read(entries))
        {
            for (var at = Math.Max(from - first, 0); at <= to - first && at < end; at++)
            {
                if (!_pages.TryGetValue(at / BitsInPage, out var page))
                    _pages.Add(at / BitsInPage, page = new ulong[BitsInPage / 64]);
                page[at % BitsInPage / 64] |= 1UL << (int)(at % 64);
            }
        }
    }

    /// <summary>Whether a later entry says that this one was erased.</summary>
    public bool Covers(long seq)
    {
        var at = seq - first;
        return at >= 0 && _pages.TryGetValue(at / BitsInPage, out var page) && (page[at % BitsInPage / 64] >> (int)(at % 64) & 1) != 0;
    }

    private static string? EntriesOf(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.String
                ? entries.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
