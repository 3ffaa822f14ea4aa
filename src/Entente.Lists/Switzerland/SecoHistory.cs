using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>What was done to a target over the years: listed, amended, de-listed.</summary>
internal static class SecoHistory
{
    public const string Element = "modification";

    private const string Delisted = "de-listed";

    /// <summary>The attributes of a modification that are used, the date that counts first before the others.</summary>
    public static IReadOnlyList<string> Attributes { get; } = ["modification-type", "effective-date", "enactment-date", "publication-date"];

    private readonly record struct Step(string Type, string? Date);

    /// <summary>Reads the history of a target, and whether it is listed still.</summary>
    /// <remarks>The step with the latest date decides; of several on a day, or without one, the first in the file: it writes the
    /// latest first, though not always. A de-listing that is to come is not one yet.</remarks>
    public static void Read(ListElement target, RecordDraft context)
    {
        var steps = target.All(Element).Select(element => ReadStep(element, context)).ToList();
        var sanction = context.Sanction;
        var listed = steps.Where(step => step.Type == "listed").Select(step => step.Date).OfType<string>().Min(StringComparer.Ordinal);
        sanction.Add("listingDate", listed).Add("startDate", listed);
        var latest = steps.Select(step => step.Date).OfType<string>().Max(StringComparer.Ordinal);
        sanction.Add("modifiedAt", latest);
        context.Subject.Add("modifiedAt", latest);

        var made = context.ListMadeOn;
        var inForce = steps.Where(step => step.Date is null || made is null || string.CompareOrdinal(step.Date, made) <= 0).ToList();
        var last = inForce.Aggregate((Step?)null, (best, step) => best is { } found && string.CompareOrdinal(found.Date, step.Date) >= 0 ? found : step);
        var (off, isOver) = last is { Type: Delisted } delisting
            ? (delisting.Date, made is not null || delisting.Date is null)
            : (steps.Find(step => step.Type == Delisted && made is not null && string.CompareOrdinal(step.Date, made) > 0).Date, false);
        sanction.Add("endDate", off);
        if (isOver)
        {
            context.Delist();
            return;
        }
        if (last is { Type: Delisted })
            context.Warn(target.Line, "the entry was taken off the list, but the list does not say when it was made; the entry is screened as listed.");
        context.Subject.Add("topics", "sanction");
    }

    private static Step ReadStep(ListElement element, RecordDraft context)
    {
        var type = element.Attribute(Attributes[0])?.ToLowerInvariant() ?? "";
        if (type is not ("listed" or "amended" or Delisted))
            context.Warn(element.Line, $"the modification '{type}' is neither listed, amended nor de-listed.");
        foreach (var attribute in Attributes.Skip(1))
        {
            if (element.Attribute(attribute) is not { } text)
                continue;
            if (PartialDate.TryParse(text, out var date) && date is { Day: not null, Degraded: false })
                return new(type, date.ToString());
            context.Warn(element.Line, $"'{text}' is not a day of the calendar; the {attribute} of a modification was left out.");
        }
        return new(type, null);
    }
}
