using Entente.Lists.Drafts;

namespace Entente.Lists.EuropeanUnion;

/// <summary>What the format has, so that anything beyond it is noticed: each unknown name once in a list.</summary>
internal sealed class EuVocabulary
{
    // Beside what the mapper uses, these are known and say nothing about the listed: numbers of the Commission's
    // database, the language of the regulation, and which regulation brought which value.
    private static readonly Dictionary<string, HashSet<string>> Known = Build(
        "sanctionEntity: designationDetails designationDate unitedNationId euReferenceNumber logicalId",
        "regulation: regulationType organisationType publicationDate entryIntoForceDate numberTitle programme logicalId",
        "regulationSummary: regulationType publicationDate numberTitle publicationUrl",
        "publicationUrl:",
        "remark:",
        "subjectType: code classificationCode",
        "nameAlias: firstName middleName lastName wholeName function gender title nameLanguage strong regulationLanguage logicalId",
        "citizenship: region countryIso2Code countryDescription regulationLanguage logicalId",
        "birthdate: circa calendarType city zipCode birthdate dayOfMonth monthOfYear year yearRangeFrom yearRangeTo region place countryIso2Code countryDescription regulationLanguage logicalId",
        "address: city street poBox zipCode region place asAtListingTime countryIso2Code countryDescription regulationLanguage logicalId",
        "contactInfo: key value logicalId regulationLanguage",
        "identification: diplomatic knownExpired knownFalse reportedLost revokedByIssuer issuedBy issuedDate validFrom validTo latinNumber nameOnDocument number region countryIso2Code countryDescription identificationTypeCode identificationTypeDescription regulationLanguage logicalId");

    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Warns of what the format is not known to have, and of letters that were lost.</summary>
    public void Check(ListElement record, RecordDraft draft)
    {
        if (!Walk(record, draft))
            draft.Warn(record.Line, "holds the sign for a letter that was lost (U+FFFD) at the publisher's.");
    }

    private bool Walk(ListElement element, RecordDraft draft)
    {
        if (!Known.TryGetValue(element.Name, out var attributes))
        {
            if ((element.Text.Length > 0 || element.Children.Count > 0 || element.Attributes.Count > 0) && _reported.Add(element.Name))
                draft.Warn(element.Line, $"the element <{element.Name}> is not known; it was left out, here and wherever else it stands.");
            return true;
        }

        var whole = !Damaged(element.Text);
        foreach (var (name, value) in element.Attributes)
        {
            whole &= !Damaged(value);
            if (!attributes.Contains(name) && _reported.Add($"{element.Name} {name}"))
                draft.Warn(element.Line, $"the attribute '{name}' of <{element.Name}> is not known; it was left out, here and wherever else it stands.");
        }
        foreach (var child in element.Children)
            whole &= Walk(child, draft);
        return whole;
    }

    private static bool Damaged(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);

    private static Dictionary<string, HashSet<string>> Build(params ReadOnlySpan<string> rows)
    {
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var colon = row.IndexOf(':', StringComparison.Ordinal);
            known.Add(row[..colon], row[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
        }
        return known;
    }
}
