using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>A link to another entry, of which only the name is given.</summary>
/// <param name="Role">OFAC's word, such as <c>Linked To</c>.</param>
/// <param name="Name">The name, as written.</param>
/// <param name="Property">The property of the entry that holds the other's id; <see langword="null"/> where the link is an entity of its own.</param>
internal sealed record OfacLink(string Role, string Name, string? Property = null);

/// <summary>One entry of an OFAC list as it is being read.</summary>
internal sealed class OfacEntry
{
    // A title of courtesy, of learning or of faith; anything else in OFAC's 'title' is what the person does.
    private static readonly HashSet<string> Honorifics = new(StringComparer.OrdinalIgnoreCase)
    {
        "Haji", "Hajj", "Maulana", "Moulana", "Mawlawi", "Maulawi", "Mulawi", "Mullah", "Mufti", "Ustad", "Doctor", "Dr", "Dr.", "Engineer", "Professor", "Sheikh", "Shaykh", "Hojjatoleslam", "Ayatollah", "Qari", "Sayyid", "Alhaji",
    };

    private readonly OfacList _list;
    private readonly string _uid;
    private readonly List<string> _programs = [];
    private readonly List<OfacLink> _links = [];

    /// <summary>Made by <see cref="OfacList.Begin"/>.</summary>
    public OfacEntry(OfacList list, RecordDraft draft, string uid, int line)
    {
        _list = list;
        Draft = draft;
        Line = line;
        _uid = uid;
        Subject.Add("topics", "sanction");
        Describe(draft.Sanction);
    }

    /// <summary>The draft of its entities.</summary>
    public RecordDraft Draft { get; }

    /// <summary>The listed entity.</summary>
    public EntityBuilder Subject => Draft.Subject;

    /// <summary>Where it starts, from 1.</summary>
    public int Line { get; }

    /// <summary>The codes of its sanctions programmes, such as <c>SDGT</c>.</summary>
    public IReadOnlyList<string> Programs => _programs;

    /// <summary>What it is said to be linked to, by name.</summary>
    public IReadOnlyList<OfacLink> Links => _links;

    /// <summary>Whether it is a person.</summary>
    public bool IsPerson => Subject.Schema == "Person";

    /// <summary>Adds a sanctions programme.</summary>
    /// <param name="sanction">The sanction under it; the entry's first one when <see langword="null"/>.</param>
    /// <param name="program">Its code.</param>
    public void AddProgram(string program, EntityBuilder? sanction = null)
    {
        _programs.Add(program);
        Subject.Add("program", program);
        (sanction ?? Draft.Sanction).Add("program", program);
    }

    /// <summary>A further sanction, where the entry stands on several of OFAC's lists.</summary>
    /// <param name="which">What tells it from the others of the entry.</param>
    public EntityBuilder AnotherSanction(string which)
    {
        var sanction = Draft.Link("sanction", "Sanction", which).Add("entity", Subject.Id);
        Describe(sanction);
        return sanction;
    }

    private void Describe(EntityBuilder sanction) => sanction
        .Add("authority", "Office of Foreign Assets Control")
        .Add("country", "us")
        .Add("recordId", _uid)
        .Add("sourceUrl", "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=" + _uid);

    /// <summary>Adds what OFAC calls a title: mostly posts, several split at ';'.</summary>
    public void AddTitle(string text)
    {
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsPerson)
                Subject.Add("notes", "Title: " + part);
            else
                Subject.Add(Honorifics.Contains(part) ? "title" : "position", part, originalValue: text);
        }
    }

    /// <summary>Whether the text is a title of courtesy and nothing else.</summary>
    public static bool IsHonorific(string text) => Honorifics.Contains(text);

    /// <summary>Notes that the entry is linked to another, which may stand further down.</summary>
    public void LinkTo(OfacLink link) => _links.Add(link);

    /// <summary>Lets other entries find this one by a name, as OFAC writes it.</summary>
    public void IsNamed(string asWritten, bool main) => _list.Name(asWritten, this, main);

    /// <summary>Notes something that did not read as meant.</summary>
    public void Warn(int line, string message) => Draft.Warn(line, message);
}
