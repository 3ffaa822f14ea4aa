using Entente.Records;

namespace Entente.Screening.Facts;

/// <summary>Since when entities are listed, by what their sanctions say.</summary>
internal static class ListingDates
{
    /// <summary>Stands for a date that is not known.</summary>
    public const int Unknown = 0;

    /// <summary>The day of the first listing of each entity that has one.</summary>
    /// <param name="entities">All entities of the lists, sanctions among them.</param>
    /// <returns>By the entity's id, as <see cref="DateOnly.DayNumber"/>; of a year or month its last day, so that nobody is held to be listed before he was.</returns>
    public static Dictionary<string, int> Of(IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Entity sanction in entities)
        {
            if (sanction.Schema != "Sanction" || DayOf(sanction) is not { } day)
                continue;
            foreach (string id in sanction.Get("entity"))
            {
                if (!first.TryGetValue(id, out int known) || day < known)
                    first[id] = day;
            }
        }

        return first;
    }

    private static int? DayOf(Entity sanction)
    {
        int? first = null;
        foreach (string text in sanction.Get("listingDate") is { IsEmpty: false } listed ? listed : sanction.Get("startDate"))
        {
            if (PartialDate.TryParse(text, out PartialDate date) && LastDay(date) is var day && (first is null || day < first))
                first = day;
        }

        return first;
    }

    private static int LastDay(PartialDate date)
    {
        int month = date.Month ?? 12;
        return new DateOnly(date.Year, month, date.Day ?? DateTime.DaysInMonth(date.Year, month)).DayNumber;
    }
}
