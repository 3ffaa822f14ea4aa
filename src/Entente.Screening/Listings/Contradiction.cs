using Entente.Screening.Facts;

namespace Entente.Screening.Listings;

/// <summary>What keeps two entries apart, however much speaks for them.</summary>
internal static class Contradiction
{
    /// <summary>Why two entries cannot be one, in plain English; null where nothing says so.</summary>
    /// <param name="a">An entry.</param>
    /// <param name="b">Another.</param>
    /// <param name="minding">What to look at.</param>
    public static string? Between(Subject a, Subject b, ResolverOptions minding)
    {
        if (a.SharesDataset(b))
            return a.Entity.Datasets.IsEmpty || b.Entity.Datasets.IsEmpty ? "an entry does not say which list it is from" : "both are entries of one list";
        if (!SchemaKinds.Comparable(a.Entity.Schema, b.Entity.Schema))
            return $"one is listed as {a.Entity.Schema}, the other as {b.Entity.Schema}";
        if (minding.UseUnReferences && !a.UnReferences.IsEmpty && !b.UnReferences.IsEmpty && !a.UnReferences.Any(r => b.UnReferences.Contains(r)))
            return "they carry different references of the United Nations";
        if (a.OtherSingleIdentifier(b) is { } property)
            return $"they have different numbers of which there is one only ({property})";
        if (a.Facts.Gender is { } gender && b.Facts.Gender is { } other && gender != other)
            return "one is a man, the other a woman";
        return FactComparison.Compare(a.Facts, b.Facts).Find(e => e.Feature == "birthDate") is { Weight: <= ResolutionRules.BirthDatesContradict } born ? born.Explanation : null;
    }
}
