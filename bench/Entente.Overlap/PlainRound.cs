using Entente.Exchange.Overlap.Protocol;

namespace Entente.Overlap;

/// <summary>What a round would find, by intersecting the sets in the clear: to try keys and weights without the arithmetic.</summary>
internal static class PlainRound
{
    public static (OverlapOutcome A, OverlapOutcome B) Run(OverlapInput a, OverlapInput b)
    {
        Dictionary<OverlapKey, int> places = Enumerable.Range(0, b.Count).ToDictionary(b.KeyAt);
        List<CommonKey> ours = [], theirs = [];
        byte[] bytes = new byte[OverlapKey.Size];
        for (int i = 0; i < a.Count; i++)
        {
            if (!places.TryGetValue(a.KeyAt(i), out int j))
                continue;
            a.KeyAt(i).Write(bytes);
            string link = Convert.ToHexStringLower(bytes.AsSpan(0, 16));
            ours.Add(new CommonKey(i, link, a.NoteAt(i), b.NoteAt(j)));
            theirs.Add(new CommonKey(j, link, b.NoteAt(j), a.NoteAt(i)));
        }

        return (Outcome(ours), Outcome(theirs));
    }

    private static OverlapOutcome Outcome(List<CommonKey> common) => new()
    {
        Common = [.. common.OrderBy(met => met.Link, StringComparer.Ordinal)],
        Keys = common.Count,
        OfPartner = common.Count,
        OfOurs = common.Count,
        PartnerBand = 0,
        Transcript = "",
    };
}
