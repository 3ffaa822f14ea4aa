namespace Entente.Lists.Ofac.Advanced;

/// <summary>The papers of the advanced XML, which belong to identities by number.</summary>
internal sealed class AdvancedDocuments(ReferenceValues references, AdvancedPlaces places)
{
    private static readonly List<OfacFact> None = [];

    private readonly Dictionary<string, List<OfacFact>> _byIdentity = new(StringComparer.Ordinal);

    /// <summary>Keeps one <c>IDRegDocument</c>.</summary>
    public void Add(ListElement document)
    {
        if (document.Attribute("IdentityID") is not { } identity || document.Value("IDRegistrationNo") is not { } number)
            return;
        string? issued = null, expires = null;
        foreach (var date in document.All("DocumentDate"))
        {
            var text = AdvancedDates.Period(date.All("DatePeriod").FirstOrDefault());
            if (references.Text("IDRegDocDateType", date.Attribute("IDRegDocDateTypeID"))?.StartsWith("Expir", StringComparison.OrdinalIgnoreCase) == true)
                expires = text;
            else
                issued = text;
        }

        var fact = new OfacFact(references.Text("IDRegDocType", document.Attribute("IDRegDocTypeID")) ?? "Identification Number", number, document.Line)
        {
            Country = references.Text("Country", document.Attribute("IssuedBy-CountryID")),
            Issued = issued,
            Expires = expires,
            Authority = document.Value("IssuingAuthority"),
            Note = Note(document),
        };
        if (!_byIdentity.TryGetValue(identity, out var facts))
            _byIdentity.Add(identity, facts = []);
        facts.Add(fact);
    }

    /// <summary>The papers of an identity.</summary>
    public IReadOnlyList<OfacFact> Of(string? identity) => identity is null ? None : _byIdentity.GetValueOrDefault(identity, None);

    private string? Note(ListElement document)
    {
        var notes = new List<string>();
        if (document.Value("Comment") is { } comment)
            notes.Add(comment);
        if (references.Text("Validity", document.Attribute("ValidityID")) is { } validity && validity != "Valid")
            notes.Add(validity);
        if (places.Find(document.Attribute("IssuedIn-LocationID")) is { } place)
            notes.Add("Issued in " + place.Full);
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }
}
