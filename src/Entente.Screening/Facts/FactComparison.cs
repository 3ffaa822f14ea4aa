using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Records;

namespace Entente.Screening.Facts;

/// <summary>Weighs what corroborates or contradicts a match beside the names.</summary>
/// <remarks>
/// What either side does not say weighs nothing, unless what surrounds the entry says it (<see cref="Surroundings"/>): that
/// speaks against a match only. Several values on a side count by the best pair.
/// </remarks>
internal static class FactComparison
{
    /// <summary>What the facts of a query and an entity say of each other; each feature at most once.</summary>
    /// <param name="query">What the query says.</param>
    /// <param name="listed">What the entry says.</param>
    /// <param name="around">Finds what is known beside the entry; null for nothing.</param>
    public static List<Evidence> Compare(EntityFacts query, EntityFacts listed, Func<Surroundings>? around = null)
    {
        Surroundings? found = null;
        var evidence = new List<Evidence>(6);
        AddIfAny(evidence, BirthDates(query, listed) ?? Unsaid(!query.BirthDates.IsEmpty && listed.BirthDates.IsEmpty, UnsaidBirthDate));
        AddIfAny(evidence, Nationality(query, listed) ?? Unsaid(!query.Nationalities.IsEmpty, UnsaidNationality));
        AddIfAny(evidence, Country(query, listed));
        AddIfAny(evidence, Gender(query, listed) ?? Unsaid(query.Gender is not null && listed.Gender is null, UnsaidGender));
        AddIfAny(evidence, Place(query, listed));
        AddIfAny(evidence, Documents(query, listed));
        return evidence;

        Evidence? Unsaid(bool asked, Func<EntityFacts, Surroundings, Evidence?> compare) => asked && around is not null ? compare(query, found ??= around()) : null;
    }

    private static void AddIfAny(List<Evidence> evidence, Evidence? item)
    {
        if (item is not null)
            evidence.Add(item);
    }

    /// <summary>What other lists' entries say, where all that say anything speak against; the least of it, and no more than is sure.</summary>
    private static Evidence? Against(ImmutableArray<EntityFacts> others, Func<EntityFacts, Evidence?> compare)
    {
        Evidence? mildest = null;
        foreach (EntityFacts other in others)
        {
            if (compare(other) is { } item && (mildest is null || item.Weight > mildest.Weight))
                mildest = item;
        }

        return mildest is { Weight: < 0 }
            ? mildest with { Weight = Math.Max(mildest.Weight, EvidenceWeights.MostFromOthers), Explanation = mildest.Explanation + "; another list says so of the same entity" }
            : null;
    }

    private static Evidence? UnsaidBirthDate(EntityFacts query, Surroundings around)
    {
        if (around.Others.Any(other => !other.BirthDates.IsEmpty))
            return Against(around.Others, other => BirthDates(query, other));
        if (around.ListedSince is not { } since)
            return null;
        PartialDate born = query.BirthDates.MaxBy(date => EvidenceWeights.AgeWhenListed(since.Year - date.Year));
        int age = since.Year - born.Year;
        if (EvidenceWeights.AgeWhenListed(age) is var weight && weight >= 0)
            return null;
        string day = since.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new Evidence("birthDate", born.ToString(), null, weight, age < 0 ? $"not yet born when listed on {day}" : $"{age} years old when listed on {day}");
    }

    private static Evidence? UnsaidNationality(EntityFacts query, Surroundings around)
    {
        if (around.Ties.IsEmpty || query.Nationalities.Any(code => around.Ties.Contains(code)))
            return null;
        return Against(around.Others, other => Nationality(query, other))
            ?? new Evidence(
                "nationality", Named(query.Nationalities), Named(around.Ties),
                around.AreTiesStrong ? EvidenceWeights.NationalityUntied : EvidenceWeights.NationalityElsewhere, "all that is known ties it to other countries");
    }

    private static Evidence? UnsaidGender(EntityFacts query, Surroundings around) => Against(around.Others, other => Gender(query, other));

    private static string Named(ImmutableArray<string> codes) => string.Join(", ", codes.Select(Records.Countries.NameOf));

    private static Evidence? BirthDates(EntityFacts query, EntityFacts listed)
    {
        Evidence? best = null;
        foreach (PartialDate a in query.BirthDates)
        {
            foreach (PartialDate b in listed.BirthDates)
            {
                (double weight, string explanation) = BirthDate(a, b);
                if (best is null || weight > best.Weight)
                    best = new Evidence("birthDate", a.ToString(), b.ToString(), weight, explanation);
            }
        }

        return best;
    }

    private static (double, string) BirthDate(PartialDate a, PartialDate b)
    {
        int years = Math.Abs(a.Year - b.Year);
        bool whole = IsWhole(a) && IsWhole(b);
        if (whole && a.Month == b.Month && a.Day == b.Day)
        {
            return years == 0 ? (EvidenceWeights.BirthDateSame, "the same birth date")
                : years <= 10 || IsDigitSlip(a.Year, b.Year) ? (EvidenceWeights.BirthDateSlip, "the same day and month, another year: perhaps a slip")
                : (EvidenceWeights.BirthYearFar, $"born {years} years apart");
        }

        if (whole && years == 0)
        {
            if (a.Month == b.Day && a.Day == b.Month)
                return (EvidenceWeights.BirthDaySwapped, "the same birth date with day and month exchanged");
            if (a.Month == b.Month && IsDigitSlip(a.Day!.Value, b.Day!.Value))
                return (EvidenceWeights.BirthDateSlip, "the same birth month, the day differs by one digit");
            if (a.Day == b.Day)
                return (EvidenceWeights.BirthDateSlip, "the same birth year and day, another month");
            return (EvidenceWeights.BirthDateOff, "the same birth year, another day");
        }

        if (years == 0)
        {
            // The first of January often stands for 'that year'.
            return a.Month is not null && a.Month == b.Month && !IsPlaceholder(a) && !IsPlaceholder(b)
                ? (EvidenceWeights.BirthMonthSame, "the same birth month")
                : a.Month is not null && b.Month is not null && a.Month != b.Month && !IsPlaceholder(a) && !IsPlaceholder(b)
                    ? (EvidenceWeights.BirthDateOff, "the same birth year, another month")
                    : (EvidenceWeights.BirthYearSame, "the same birth year");
        }

        if (years == 1)
            return whole ? (EvidenceWeights.BirthDateOff, "born a year apart") : (EvidenceWeights.BirthYearNear, "born about the same year");
        if (years <= 3)
            return (whole ? EvidenceWeights.BirthYearOff : EvidenceWeights.BirthDateOff, $"born {years} years apart");
        // Two whole dates far apart are no slip; a bare year often is a guess.
        return (years <= 8 ? EvidenceWeights.BirthYearOff : whole && !IsDigitSlip(a.Year, b.Year) ? EvidenceWeights.BirthDateFar : EvidenceWeights.BirthYearFar, $"born {years} years apart");
    }

    private static bool IsWhole(PartialDate date) => date.Day is not null && !IsPlaceholder(date);

    private static bool IsPlaceholder(PartialDate date) => date is { Month: 1, Day: 1 };

    /// <summary>One digit wrong, or two neighbours exchanged.</summary>
    private static bool IsDigitSlip(int a, int b) =>
        EditDistance.Between(a.ToString("00", System.Globalization.CultureInfo.InvariantCulture), b.ToString("00", System.Globalization.CultureInfo.InvariantCulture), 1) <= 1;

    private static Evidence? Nationality(EntityFacts query, EntityFacts listed)
    {
        if (query.Nationalities.IsEmpty)
            return null;
        foreach (string code in query.Nationalities)
        {
            if (listed.Nationalities.Contains(code))
                return new Evidence("nationality", Records.Countries.NameOf(code), Records.Countries.NameOf(code), EvidenceWeights.NationalitySame, "the same nationality");
        }

        string asked = Named(query.Nationalities);
        foreach (string code in query.Nationalities)
        {
            if (listed.Countries.Contains(code))
                return new Evidence("nationality", asked, Records.Countries.NameOf(code), EvidenceWeights.CountrySame, "tied to that country");
        }

        return listed.Nationalities.IsEmpty
            ? null
            : new Evidence("nationality", asked, Named(listed.Nationalities), EvidenceWeights.NationalityOther, "another nationality");
    }

    private static Evidence? Country(EntityFacts query, EntityFacts listed)
    {
        foreach (string code in query.Countries)
        {
            if (listed.Countries.Contains(code))
                return new Evidence("country", Records.Countries.NameOf(code), Records.Countries.NameOf(code), EvidenceWeights.CountrySame, "tied to the same country");
        }

        return null;
    }

    private static Evidence? Gender(EntityFacts query, EntityFacts listed) =>
        query.Gender is null || listed.Gender is null ? null
        : query.Gender == listed.Gender ? new Evidence("gender", query.Gender, listed.Gender, EvidenceWeights.GenderSame, "the same gender")
        : new Evidence("gender", query.Gender, listed.Gender, EvidenceWeights.GenderOther, "another gender");

    private static Evidence? Place(EntityFacts query, EntityFacts listed)
    {
        if (query.Places.IsEmpty || listed.Places.IsEmpty)
            return null;
        bool sameCountry = false, comparable = false;
        foreach (PlaceText a in query.Places)
        {
            foreach (PlaceText b in listed.Places)
            {
                if (a.Words.Any(x => b.Words.Any(y => TokenComparison.Compare(x, y) is { Bits: > 4, Loss: < 3 })))
                    return new Evidence("birthPlace", a.Text, b.Text, EvidenceWeights.PlaceSame, "the same place of birth");
                comparable |= !a.Words.IsEmpty && !b.Words.IsEmpty;
                sameCountry |= a.Country is not null && a.Country == b.Country;
            }
        }

        return sameCountry ? new Evidence("birthPlace", query.Places[0].Text, listed.Places[0].Text, EvidenceWeights.PlaceCountrySame, "born in the same country")
            : comparable ? new Evidence("birthPlace", query.Places[0].Text, listed.Places[0].Text, EvidenceWeights.PlaceOther, "another place of birth")
            : null;
    }

    private static Evidence? Documents(EntityFacts query, EntityFacts listed)
    {
        foreach (DocumentText asked in query.Documents)
        {
            foreach (DocumentText known in listed.Documents)
            {
                if (asked.Key == known.Key)
                    return new Evidence("document", asked.Text, known.Text, EvidenceWeights.DocumentSame, "the same document number");
            }
        }

        return null;
    }
}
