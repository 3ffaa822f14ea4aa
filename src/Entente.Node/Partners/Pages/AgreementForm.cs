using System.Collections.Immutable;
using System.Globalization;
using Entente.Exchange.Agreements;
using Entente.Node.Hosting;
using Entente.Records.Markings;

namespace Entente.Node.Partners.Pages;

/// <summary>Terms as somebody typed them.</summary>
/// <param name="field">What a field holds.</param>
/// <param name="fields">What all fields of a name hold.</param>
internal sealed class AgreementForm(Func<string, string> field, Func<string, IReadOnlyList<string>> fields)
{
    /// <summary>What was typed, as terms.</summary>
    /// <returns>The draft; what is not in order in it, the service says.</returns>
    /// <exception cref="RequestException">400: a field cannot be read.</exception>
    public AgreementDraft Read() => new(
        Lines("purposes"),
        Lines("legalBases"),
        [.. fields("categories").Select(word => Enum.TryParse<EntityCategory>(word, out var category) ? category : EntityCategory.None)],
        TlpText.TryParse(field("highestTlp"), out var level) ? level : throw RequestException.Bad("highestTlp: expected one of the five levels."),
        (int)Number("retentionDays", int.MaxValue),
        DayOf("ends")?.AddDays(1).AddSeconds(-1) ?? throw RequestException.Bad("ends: expected a day."),
        DayOf("starts"),
        new OverlapBudget((int)Number("overlapRuns", int.MaxValue), Number("overlapKeys", long.MaxValue), (int)Number("overlapPeriod", int.MaxValue)),
        field("supersedes") is { Length: > 0 } former ? former : null);

    private ImmutableArray<string> Lines(string name) => [.. field(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private long Number(string name, long most) => long.TryParse(field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
        ? number
        : throw RequestException.Bad($"{name}: expected a whole number from 0.");

    private DateTimeOffset? DayOf(string name) => field(name) is not { Length: > 0 } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw RequestException.Bad($"{name}: expected a day such as 2027-03-14.");
}
