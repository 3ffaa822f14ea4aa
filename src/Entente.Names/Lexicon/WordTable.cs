using System.Reflection;
using Entente.Names.Text;

namespace Entente.Names.Lexicon;

/// <summary>A table of words and short phrases that mean one thing, from a text file that ships with the library.</summary>
/// <remarks>Each line is <c>canonical TAB variant|variant|... [TAB mark]</c>; lines with <c>#</c> are comments.</remarks>
internal sealed class WordTable
{
    private readonly Dictionary<string, Entry> _entries;
    private readonly Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<string, Entry> _stems = new(StringComparer.Ordinal);

    // By the first word of phrases, the words of the longest that begins with it.
    private readonly Dictionary<string, int> _phrases = new(StringComparer.Ordinal);

    /// <summary>What a phrase stands for.</summary>
    /// <param name="Canonical">The one word for it.</param>
    /// <param name="Mark">The file's third column; empty where it has none.</param>
    public readonly record struct Entry(string Canonical, string Mark);

    private WordTable(Dictionary<string, Entry> entries)
    {
        _entries = entries;
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach ((string word, Entry entry) in entries)
        {
            if (RussianStem.Of(word) is { } stem)
                _stems.TryAdd(stem, entry);
            if (word.IndexOf(' ', StringComparison.Ordinal) is > 0 and int end)
                _phrases[word[..end]] = Math.Max(_phrases.GetValueOrDefault(word[..end]), word.AsSpan().Count(' ') + 1);
        }
    }

    /// <summary>Words in the longest phrase that begins with a word; 1 where none does.</summary>
    public int LongestPhraseFrom(string word) => _phrases.GetValueOrDefault(word, 1);

    /// <summary>Loads a table by its file name without ending.</summary>
    /// <param name="name">Such as <c>legal-forms</c>.</param>
    /// <exception cref="InvalidOperationException">The table was not built in.</exception>
    public static WordTable Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Entente.Names.Lexicon.{name}.txt")
            ?? throw new InvalidOperationException($"The word table '{name}' is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] columns = line.Split('\t');
            var entry = new Entry(columns[0], columns.Length > 2 ? columns[2] : "");
            foreach (string variant in columns[1].Split('|').Append(columns[0]))
            {
                string key = string.Join(' ', TextFold.Words(variant).Select(w => w.Folded));
                if (key.Length > 0)
                    entries.TryAdd(key, entry);
            }
        }

        return new WordTable(entries);
    }

    /// <summary>Looks up a folded Russian word in any case and number.</summary>
    public bool TryGetInflected(string folded, out Entry entry)
    {
        entry = default;
        return RussianStem.Of(folded) is { } stem && _stems.TryGetValue(stem, out entry);
    }

    /// <summary>Looks up a folded word or phrase.</summary>
    public bool TryGet(ReadOnlySpan<char> folded, out Entry entry) => _lookup.TryGetValue(folded, out entry);
}
