namespace Entente.Lists.Switzerland;

/// <summary>One set of measures of a sanctions programme, under which targets stand.</summary>
/// <param name="Program">Number of the programme.</param>
/// <param name="Key">Its short name, such as 'Belarus'.</param>
/// <param name="Title">The ordinance.</param>
/// <param name="Origin">Whom Switzerland follows: UN, EU.</param>
/// <param name="Measures">What the set is called, such as 'article 12, annex 13'.</param>
internal sealed record SecoSanctionsSet(string? Program, string? Key, string? Title, string? Origin, string? Measures);

/// <summary>The sanctions programmes of the list, by the numbers of their sets.</summary>
internal sealed class SecoPrograms
{
    private readonly Dictionary<string, SecoSanctionsSet> _sets = new(StringComparer.Ordinal);

    /// <summary>Takes a <c>sanctions-program</c>.</summary>
    public void Add(ListElement program)
    {
        var number = program.Attribute("ssid");
        var (key, title, origin) = (English(program, "program-key"), English(program, "program-name"), program.Value("origin"));
        foreach (var set in program.All("sanctions-set"))
        {
            // A set stands once in each language.
            if (set.Attribute("ssid") is { } id && (!_sets.ContainsKey(id) || IsEnglish(set)))
                _sets[id] = new(number, key, title, origin, set.Text.Length > 0 ? set.Text : null);
        }
        if (number is not null)
            _sets.TryAdd(number, new(number, key, title, origin, null));
    }

    /// <summary>The set of a number; null where there is none.</summary>
    public SecoSanctionsSet? Find(string set) => _sets.GetValueOrDefault(set);

    private static string? English(ListElement program, string name)
    {
        var texts = program.All(name).Where(text => text.Text.Length > 0).ToList();
        return (texts.Find(IsEnglish) ?? texts.FirstOrDefault())?.Text;
    }

    private static bool IsEnglish(ListElement text) => text.Attribute("lang") is "eng" or "en";
}
