using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.France;

/// <summary>Reads FONDEMENT_JURIDIQUE: the acts that list somebody, such as '(UE) 2022/332 du 25/02/2022 (UE Ukraine ... - R (UE) 269/2014)'.</summary>
internal static class FrLegalBases
{
    public static void Read(IEnumerable<FrField> fields, RecordDraft context)
    {
        var dates = new List<(string Date, string Label)>();
        foreach (var field in fields)
        {
            if (field["FondementJuridiqueLabel"] is not { } label)
                continue;
            context.Sanction.Add("description", label);
            if (Brackets.Extract(label).Groups is [.., var regime] && regime.Contains(' ', StringComparison.Ordinal))
            {
                context.Subject.Add("program", regime);
                context.Sanction.Add("program", regime);
            }
            if (DateText.TryAfter(label, [" du "], out var date) || DateText.TryAfter(label, [" du"], out date))
                dates.Add((date.ToString(), label));
        }
        if (dates.Count == 0)
            return;

        // The first act listed, the last one changed.
        var (first, act) = dates.MinBy(known => known.Date, StringComparer.Ordinal);
        context.Sanction.Add("listingDate", first, originalValue: act).Add("startDate", first, originalValue: act);
        var (last, change) = dates.MaxBy(known => known.Date, StringComparer.Ordinal);
        context.Sanction.Add("modifiedAt", last, originalValue: change);
        context.Subject.Add("modifiedAt", last, originalValue: change);
    }
}
