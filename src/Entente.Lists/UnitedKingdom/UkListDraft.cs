using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.UnitedKingdom;

/// <summary>The UK Sanctions List as it is being read, from XML or CSV: both give designations of the same shape.</summary>
/// <remarks>Ids are made of the list's own reference: <c>gb-RUS0001</c>, <c>gb-RUS0001-sanction</c>.</remarks>
internal sealed class UkListDraft(string file, ListLimits limits)
{
    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "gb-ukl";

    private readonly ListDraft _list = new(file, limits, Dataset);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private string? _version;

    /// <summary>Takes the day of the list as the publisher writes it; <see langword="null"/> where the list does not say.</summary>
    public void Dated(string? text, int line)
    {
        _version = text;
        if (PartialDate.TryParse(text, out var date) && date is { Month: { } month, Day: { } day, Degraded: false })
            _list.GeneratedAt = new DateTimeOffset(date.Year, month, day, 0, 0, 0, TimeSpan.Zero);
        else
            _list.Warn(line, "", text is null ? "the list does not say when it was made." : $"'{text}', the day of the list, is not a date.");
    }

    /// <summary>Reads one designation.</summary>
    public void Add(ListElement designation)
    {
        var reference = designation.Value("UniqueID")
            ?? throw _list.Error(designation.Line, "a designation has no UniqueID, so that nothing can refer to it. Fetch the list again.");
        var kind = designation.Value("IndividualEntityShip");
        var schema = kind?.ToUpperInvariant() switch
        {
            "INDIVIDUAL" => "Person",
            "ENTITY" => "Organization",
            "SHIP" => "Vessel",
            _ => null,
        };
        var draft = _list.Begin(reference, "gb-" + reference, schema ?? "LegalEntity", designation.Line);
        if (schema is null)
            draft.Warn(designation.Line, $"'{kind}' is neither individual, entity nor ship; the entry was read as an individual or an entity.");
        new UkRecordMapper(designation, draft, _reported).Map();
        _list.Add(draft, designation.Line);
    }

    /// <summary>Notes a part of the list that is not known.</summary>
    public void LeaveOut(string part, int line)
    {
        if (_reported.Add(part))
            _list.Warn(line, "", $"{part} is not known and was left out.");
    }

    /// <summary>An error at a line.</summary>
    public ListFormatException Error(int? line, string problem) => _list.Error(line, problem);

    /// <summary>The list, read to its end.</summary>
    public ListFile Complete(string source) => _list.Complete(new ListMetadata
    {
        Dataset = Dataset,
        Title = "UK Sanctions List",
        Publisher = "Foreign, Commonwealth & Development Office",
        LegalBasis = "Sanctions and Anti-Money Laundering Act 2018",
        SourceUrl = source,
        Version = _version,
        GeneratedAt = _list.GeneratedAt,
    });
}
