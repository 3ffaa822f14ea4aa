using Entente.Records;

namespace Entente.Lists.Drafts;

/// <summary>One record of a list as it is being read: the listed entity, its sanction, what hangs on it, and where to complain.</summary>
internal sealed class RecordDraft
{
    private readonly ListDraft _list;
    private readonly string _reference;
    private readonly Dictionary<string, EntityBuilder> _linked = new(StringComparer.Ordinal);

    /// <summary>Made by <see cref="ListDraft.Begin"/>.</summary>
    internal RecordDraft(ListDraft list, string reference, string id, string schema)
    {
        _list = list;
        _reference = reference;
        Subject = list.New(id, schema);
        Subject.Target = true;
        Sanction = list.New(id + "-sanction", "Sanction").Add("entity", id);
    }

    /// <summary>The listed entity.</summary>
    public EntityBuilder Subject { get; }

    /// <summary>Why, since when and by whom it is listed.</summary>
    public EntityBuilder Sanction { get; }

    /// <summary>Whether the record has a sanction at all. True unless set: official lists hold nothing else.</summary>
    public bool IsSanctioned { get; set; } = true;

    /// <summary>The day on which the list was made, as FtM writes it; null where the list does not say.</summary>
    public string? ListMadeOn => _list.LastSeen?[..10];

    /// <summary>Keeps the record, but no longer as listed; see <see cref="Delisting"/>.</summary>
    public void Delist()
    {
        Subject.Target = false;
        Sanction.Add("status", Delisting.Status);
    }

    /// <summary>A linked entity whose id depends on the record and on what identifies it, and on nothing else: not on its place in the file.</summary>
    /// <param name="kind">Part of the id, such as <c>address</c>.</param>
    /// <param name="schema">Its FtM schema.</param>
    /// <param name="identity">What tells it from others of the same record.</param>
    /// <returns>A new one, or the one that the same record already has.</returns>
    public EntityBuilder Link(string kind, string schema, string identity)
    {
        var id = $"{Subject.Id}-{kind}-{Hash(identity):x16}";
        if (!_linked.TryGetValue(id, out var linked))
            _linked.Add(id, linked = _list.New(id, schema));
        return linked;
    }

    /// <summary>Adds a date in FtM form; what is none goes to the subject's notes, with a warning.</summary>
    /// <returns>The date; <see langword="null"/> when it is none.</returns>
    public PartialDate? AddDate(EntityBuilder to, string property, string text, int line)
    {
        if (!PartialDate.TryParse(text, out var date))
        {
            Warn(line, $"'{text}' is not a date; {property} was left out.");
            Subject.Add("notes", $"{property}: {text}");
            return null;
        }
        if (date.Degraded)
            Warn(line, $"'{text}' is not a day of the calendar; {property} was read as {date}.");
        to.Add(property, date.ToString(), originalValue: text);
        return date;
    }

    /// <summary>Notes something that did not read as meant.</summary>
    public void Warn(int line, string message) => _list.Warn(line, _reference, message);

    /// <summary>The entities: the listed one, its sanction if it has one, and the linked ones in order of mention.</summary>
    public IEnumerable<Entity> Build()
    {
        yield return Subject.Build();
        if (IsSanctioned)
            yield return Sanction.Build();
        foreach (var linked in _linked.Values)
            yield return linked.Build();
    }

    // FNV-1a, 64 bit: short names that stay the same, no protection. http://www.isthe.com/chongo/tech/comp/fnv/
    internal static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 1099511628211UL;
            hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
        }
        return hash;
    }
}
