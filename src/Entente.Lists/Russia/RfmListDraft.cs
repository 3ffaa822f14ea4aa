using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Russia;

/// <summary>Rosfinmonitoring's list as it is being read, from any of its forms.</summary>
/// <remarks>
/// The public text and the table give their entries new numbers in each version. What stays is what an entry says, so ids
/// are made of a hash of name, birth date and birthplace: <c>ru-rfm-0123456789abcdef</c>, the same from text, page and table.
/// The members' XML has ids of its own: <c>ru-rfm-100001</c>.
/// </remarks>
internal sealed class RfmListDraft(string file, ListLimits limits)
{
    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "ru-rfm";

    private readonly ListDraft _list = new(file, limits, Dataset);
    private readonly Dictionary<string, List<RfmEntry>> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private string? _version;

    /// <summary>Takes the day of the list as the publisher writes it.</summary>
    public void Dated(string? text, int line)
    {
        _version = text;
        if (PartialDate.TryParse(text, out var date) && date is { Month: { } month, Day: { } day, Degraded: false })
            _list.GeneratedAt = new DateTimeOffset(date.Year, month, day, 0, 0, 0, TimeSpan.Zero);
        else
            _list.Warn(line, "", text is null ? "the list does not say when it was made." : $"'{ShortText.Of(text)}', the day of the list, is not a date.");
    }

    /// <summary>Starts a record that has an id of the publisher's.</summary>
    public RecordDraft Begin(string reference, RfmKind kind, int line) =>
        Listed(_list.Begin(reference, $"{Dataset}-{reference}", SchemaOf(kind), line));

    /// <summary>Takes over the entities of a finished record.</summary>
    public void Add(RecordDraft record, int line) => _list.Add(record, line);

    /// <summary>Takes an entry. One that says the same of the same name as an earlier one is that one.</summary>
    public void Add(RfmEntry entry)
    {
        if (!entry.Name.Any(char.IsLetterOrDigit))
            throw _list.Error(entry.Line, $"entry {entry.Number} has no name. Fetch the list again.");
        // The table writes dates otherwise than the text.
        var birth = PartialDate.TryParse(entry.Birth, out var date) ? date.ToString() : entry.Birth;
        var identity = string.Join('|', entry.Kind == RfmKind.Organisation ? "o" : "p", entry.Name, birth, entry.Place);
        if (!_entries.TryGetValue(identity, out var known))
        {
            if (_order.Count == limits.MaxEntities)
                throw _list.Error(entry.Line, $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
            _order.Add(identity);
            _entries.Add(identity, [entry]);
            return;
        }
        if (known.Count == limits.MaxElementsPerRecord)
            throw _list.Error(entry.Line, $"the entry stands more than {limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} times. Fetch the list again.");
        _list.Warn(entry.Line, entry.Number, $"the entry is the same as number {known[0].Number}; the two were read as one.");
        known.Add(entry);
    }

    // Entries that are one: all that any of them says; why it is listed, and whether it still is, those in force say.
    private RfmEntry Merge(List<RfmEntry> entries)
    {
        if (entries is [var single])
            return single;
        var inForce = entries.FindAll(entry => !IsOver(entry));
        return entries[0] with
        {
            Kind = entries.Select(entry => entry.Kind).FirstOrDefault(kind => kind != RfmKind.Unknown),
            OtherNames = [.. entries.SelectMany(entry => entry.OtherNames).Distinct()],
            OtherBirths = [.. entries.SelectMany(entry => entry.OtherBirths).Distinct()],
            Terrorism = (inForce.Count > 0 ? inForce : entries).Exists(entry => entry.Terrorism),
            Values = [.. entries.SelectMany(entry => entry.Values).Distinct()],
            SanctionValues = [.. entries.SelectMany(entry => entry.SanctionValues).Distinct()],
            Papers = [.. entries.SelectMany(entry => entry.Papers).Distinct()],
            Doubt = entries.Find(entry => entry.Doubt is not null)?.Doubt,
            // Listed as long as one of them is.
            Ended = entries.Exists(entry => entry.Ended is null) ? null : entries.Select(entry => entry.Ended).Max(StringComparer.Ordinal),
        };
    }

    /// <summary>Notes something that did not read as meant.</summary>
    public void Warn(int line, string reference, string message) => _list.Warn(line, reference, message);

    /// <summary>Notes a part of the format that is not known, once.</summary>
    public void LeaveOut(string part, int line)
    {
        if (_reported.Add(part))
            _list.Warn(line, "", $"{part} is not known; it was left out, here and wherever else it stands.");
    }

    /// <summary>An error at a line.</summary>
    public ListFormatException Error(int? line, string problem) => _list.Error(line, problem);

    /// <summary>Why it is listed: for terrorism, or else for extremism.</summary>
    /// <param name="record">The record.</param>
    /// <param name="terrorism">Whether for terrorism.</param>
    /// <param name="isListed">Whether it still is: who was taken off keeps the programme, but is not called a terrorist.</param>
    public static void AddGrounds(RecordDraft record, bool terrorism, bool isListed)
    {
        var (program, id) = terrorism ? ("Terrorism", "RU-RFM-TERRORISM") : ("Extremism", "RU-RFM-EXTREMISM");
        record.Subject.Add("program", program).Add("programId", id).Add("topics", terrorism && isListed ? "crime.terror" : null);
        record.Sanction.Add("program", program).Add("programId", id);
    }

    /// <summary>The list, read to its end.</summary>
    public ListFile Complete()
    {
        foreach (var identity in _order)
            Build(identity, Merge(_entries[identity]));
        return _list.Complete(new ListMetadata
        {
            Dataset = Dataset,
            Title = "List of organisations and persons involved in extremism or terrorism",
            Publisher = "Federal Financial Monitoring Service of the Russian Federation (Rosfinmonitoring)",
            LegalBasis = "Federal Law 115-FZ of 7 August 2001, article 6",
            SourceUrl = "https://www.fedsfm.ru/documents/terrorists-catalog-portal-act",
            Version = _version,
            GeneratedAt = _list.GeneratedAt,
        });
    }

    private void Build(string identity, RfmEntry entry)
    {
        var hash = RecordDraft.Hash(identity).ToString("x16", CultureInfo.InvariantCulture);
        var record = _list.Begin(hash, $"{Dataset}-{hash}", SchemaOf(entry.Kind), entry.Line);
        record.Sanction.Add("authority", "Rosfinmonitoring");
        RfmNames.AddMain(record, entry.Name);
        foreach (var other in entry.OtherNames)
            RfmNames.AddOther(record, other);
        foreach (var birth in entry.OtherBirths.Prepend(entry.Birth).OfType<string>())
            AddBirth(record, birth, entry.Line);
        AddPlace(record, entry.Place);
        foreach (var (property, value) in entry.Values)
            record.Subject.Add(property, value);
        foreach (var (property, value) in entry.SanctionValues)
            record.Sanction.Add(property, value);
        foreach (var (series, number, authority, type) in entry.Papers)
            AddPaper(record, series, number, authority, type);
        if (entry.Doubt is not null)
            record.Warn(entry.Line, entry.Doubt);
        var isOver = IsOver(entry);
        AddGrounds(record, entry.Terrorism, isListed: !isOver);
        if (entry.Ended is not null)
            record.AddDate(record.Sanction, "endDate", entry.Ended, entry.Line);
        if (isOver)
            record.Delist();
        else
            record.Subject.Add("topics", "sanction");
        _list.Add(record, entry.Line);
    }

    /// <summary>Adds a birth date; of what is no person, the list does not say which date it is, and it goes to the notes.</summary>
    public static void AddBirth(RecordDraft record, string text, int line)
    {
        if (record.Subject.Schema == "Person")
            record.AddBirthDate(text, text, line);
        else
            record.Subject.Add("notes", "Date: " + text);
    }

    /// <summary>Adds a birthplace; of what is no person, the place goes to the notes.</summary>
    public static void AddPlace(RecordDraft record, string? text) =>
        record.Subject.Add(record.Subject.Schema == "Person" ? "birthPlace" : "notes", text);

    // Whether it was taken off by the day of the list. Without a whole date on both sides it counts as listed.
    private bool IsOver(RfmEntry entry) =>
        PartialDate.TryParse(entry.Ended, out var end) && end.Day is not null && !end.Degraded
        && _list.LastSeen is { } made && string.CompareOrdinal(end.ToString(), made[..10]) <= 0;

    private static RecordDraft Listed(RecordDraft record)
    {
        record.Subject.Add("topics", "sanction");
        record.Sanction.Add("authority", "Rosfinmonitoring");
        return record;
    }

    /// <summary>Adds an identity paper; who has no number has none.</summary>
    public static void AddPaper(RecordDraft record, string? series, string? number, string? authority, string? type, string? issued = null, int line = 1)
    {
        var whole = string.Join(' ', new[] { series, number }.OfType<string>());
        if (!whole.Any(char.IsLetterOrDigit))
        {
            var said = string.Join("; ", new[] { type, authority, issued }.OfType<string>());
            record.Subject.Add("notes", said.Length == 0 ? null : "Document: " + said);
            return;
        }
        var person = record.Subject.Schema == "Person";
        var passport = person && (type?.Contains("паспорт", StringComparison.OrdinalIgnoreCase) ?? false);
        record.Subject.Add(passport ? "passportNumber" : "idNumber", whole);
        var paper = record.Link("document", passport ? "Passport" : "Identification", $"{type}|{whole}");
        paper.Add("holder", record.Subject.Id).Add("number", whole).Add("type", type).Add("authority", authority);
        if (passport)
            paper.Add("passportNumber", whole);
        if (issued is not null)
            record.AddDate(paper, "startDate", issued, line);
    }

    // A name that may be anybody's is screened as a person's and as an organisation's.
    private static string SchemaOf(RfmKind kind) => kind switch
    {
        RfmKind.Person => "Person",
        RfmKind.Organisation => "Organization",
        _ => "LegalEntity",
    };
}
