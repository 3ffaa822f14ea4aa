using Entente.Lists.Diffs;

namespace Entente.Desk.Lists;

/// <summary>In what order the changes of an entity are told, and which of them tell nothing new.</summary>
public static class Gazette
{
    /// <summary>The order of amendments: who it is, then where and what, then what is said of it.</summary>
    private static readonly string[] Order =
    [
        "schema", "name", "firstName", "secondName", "middleName", "lastName", "alias", "previousName", "weakAlias", "abbreviation",
        "birthDate", "birthPlace", "birthCountry", "gender", "nationality", "country", "jurisdiction", "flag",
        "passportNumber", "Passport", "idNumber", "Identification", "registrationNumber", "imoNumber", "address", "Address",
        "title", "position", "Sanction", "listingDate", "startDate", "endDate", "program",
        "", // all others
        "notes", "summary", "modifiedAt",
    ];

    private static readonly int Remarks = Array.IndexOf(Order, "notes");

    /// <summary>Whether only remarks and dates of the list changed: nothing that makes another match.</summary>
    /// <param name="change">An amendment.</param>
    public static bool IsOfRemarksOnly(EntityChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Properties.All(property => Rank(property) >= Remarks);
    }

    /// <summary>What is to be told of an amendment, in order. Lists repeat themselves: a remark on a person is also a remark on the listing.</summary>
    /// <param name="change">An amendment.</param>
    public static IReadOnlyList<PropertyChange> Amendments(EntityChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var told = new List<PropertyChange>();
        var dated = change.Properties.Any(property => !IsDate(property)); // the heading has the date
        foreach (var property in change.Properties.OrderBy(Rank))
        {
            if (dated && IsDate(property))
                continue;
            if (told.Any(other => property.Added.All(other.Added.Contains) && property.Removed.All(other.Removed.Contains)) || IsToldElsewhere(property, change))
                continue;
            told.Add(property);
        }
        return told;
    }

    /// <summary>Former and newer values side by side: of several, those that are mostly the same stand together.</summary>
    /// <param name="property">What changed.</param>
    /// <returns>First those that were, each with what it became or null; then those that are new, with null before.</returns>
    public static IReadOnlyList<(string? Before, string? After)> Pairs(PropertyChange property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var pairs = new List<(string?, string?)>();
        var added = property.Added.ToList();
        foreach (var former in property.Removed)
        {
            // One value in place of another; of several, the one that is mostly the same.
            var newer = property is { Removed.Length: 1, Added.Length: 1 } ? added[0] : added.Find(value => ChangedText.IsMostlyTheSame(former, value));
            if (newer is not null)
                added.Remove(newer);
            pairs.Add((former, newer));
        }
        pairs.AddRange(added.Select(value => ((string?)null, (string?)value)));
        return pairs;
    }

    /// <summary>Where a property stands in the order; those that nobody thought of, before the remarks.</summary>
    private static int Rank(PropertyChange property)
    {
        var name = property.Property.Split('.')[^1];
        // What is said of a document or a listing is a remark on it; the document itself is none.
        var at = Array.IndexOf(Order, property.Property.StartsWith("Sanction.", StringComparison.Ordinal) || property.Property.IndexOf('.', StringComparison.Ordinal) < 0 ? name : property.Property.Split('.')[0]);
        return at >= 0 ? at : Remarks - 1;
    }

    private static bool IsDate(PropertyChange property) => property.Property is "modifiedAt" or "Sanction.modifiedAt";

    /// <summary>An address or a document stands on the subject as a bare value and beside it as a whole: the whole is enough.</summary>
    private static bool IsToldElsewhere(PropertyChange property, EntityChange change)
    {
        string[] schemata = property.Property switch
        {
            "address" => ["Address"],
            "passportNumber" => ["Passport"],
            "idNumber" => ["Identification", "Passport"],
            _ => [],
        };
        var wholes = change.Properties.Where(other => schemata.Contains(other.Property)).ToList();
        return wholes.Count > 0
            && property.Added.All(value => wholes.Any(whole => whole.Added.Any(words => words.Contains(value, StringComparison.Ordinal))))
            && property.Removed.All(value => wholes.Any(whole => whole.Removed.Any(words => words.Contains(value, StringComparison.Ordinal))));
    }
}
