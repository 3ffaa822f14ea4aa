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
    private readonly Dictionary<string, RfmEntry> _entries = new(StringComparer.Ordinal);
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
            _entries.Add(identity, entry);
            return;
        }
        _list.Warn(entry.Line, entry.Number, $"the entry is the same as number {known.Number}; the two were read as one.");
        _entries[identity] = known with
        {
            OtherNames = [.. known.OtherNames.Union(entry.OtherNames)],
            Terrorism = known.Terrorism || entry.Terrorism,
            Values = [.. known.Values.Union(entry.Values)],
            SanctionValues = [.. known.SanctionValues.Union(entry.SanctionValues)],
            // Listed as long as one of the two is.
            Ended = known.Ended is null || entry.Ended is null ? null : known.Ended,
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
    public static void AddGrounds(RecordDraft record, bool terrorism)
    {
        var (program, id) = terrorism ? ("Terrorism", "RU-RFM-TERRORISM") : ("Extremism", "RU-RFM-EXTREMISM");
        record.Subject.Add("program", program).Add("programId", id).Add("topics", terrorism ? "crime.terror" : null);
        record.Sanction.Add("program", program).Add("programId", id);
    }

    /// <summary>The list, read to its end.</summary>
    public ListFile Complete()
    {
        foreach (var identity in _order)
            Build(identity, _entries[identity]);
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
        if (entry.Birth is not null)
        {
            if (record.Subject.Schema == "Person")
                record.AddBirthDate(entry.Birth, entry.Birth, entry.Line);
            else
                record.Subject.Add("notes", "Date: " + entry.Birth);
        }
        record.Subject.Add(record.Subject.Schema == "Person" ? "birthPlace" : "notes", entry.Place);
        foreach (var (property, value) in entry.Values)
            record.Subject.Add(property, value);
        foreach (var (property, value) in entry.SanctionValues)
            record.Sanction.Add(property, value);
        AddPaper(record, entry.Paper.Series, entry.Paper.Number, entry.Paper.Authority, entry.Paper.Type);
        AddGrounds(record, entry.Terrorism);
        ReadEnd(record, entry);
        _list.Add(record, entry.Line);
    }

    private static void ReadEnd(RecordDraft record, RfmEntry entry)
    {
        if (entry.Ended is null || record.AddDate(record.Sanction, "endDate", entry.Ended, entry.Line) is not { Day: not null } end
            || record.ListMadeOn is not { } made || string.CompareOrdinal(end.ToString(), made) > 0)
        {
            record.Subject.Add("topics", "sanction");
            return;
        }
        record.Delist();
    }

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
