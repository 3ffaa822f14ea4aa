namespace Entente.Screening.Facts;

/// <summary>Adds what corroborates and contradicts to the weight of a name.</summary>
internal static class Circumstances
{
    /// <summary>The bits that circumstances add; items that may not count are set to weigh nothing, and say so.</summary>
    /// <param name="nameBits">Weight of the name.</param>
    /// <param name="evidence">Evidence beside the name; changed in place so that it still adds up.</param>
    /// <remarks>
    /// Nationality, gender and place are shared by too many to make a match of an unlike
    /// name; they count only beside a name that nearly suffices, and only so far.
    /// </remarks>
    public static double Weigh(double nameBits, List<Evidence> evidence)
    {
        double room = nameBits >= EvidenceWeights.LeastNameForCircumstances ? EvidenceWeights.MostFromCircumstances : 0;
        double total = 0;
        for (int i = 0; i < evidence.Count; i++)
        {
            Evidence item = evidence[i];
            if (item.Weight > 0 && !IsStrong(item, nameBits))
            {
                double counted = Math.Min(item.Weight, room);
                room -= counted;
                if (counted < item.Weight)
                    evidence[i] = item with { Weight = counted, Explanation = counted > 0 ? item.Explanation : item.Explanation + "; the name is too unlike for that to count" };
            }

            total += evidence[i].Weight;
        }

        return total;
    }

    private static bool IsStrong(Evidence item, double nameBits) =>
        item.Feature == "document" || (item.Feature == "birthDate" && item.Weight >= EvidenceWeights.BirthMonthSame && nameBits >= EvidenceWeights.LeastNameForCircumstances / 2);
}
