using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>The listed names of one kind, in flat arrays, and where each of their parts occurs.</summary>
/// <remarks>
/// Many names are read into the very same parts: one person stands on several lists, in capitals on some. Such names are one
/// wording; it is wordings that are searched and weighed. Immutable, thread-safe. <see cref="NameSearch"/> searches it.
/// </remarks>
internal sealed class NameIndex
{
    private readonly int[] _entities;
    private readonly byte[] _properties;
    private readonly TextTable _texts;
    private readonly int[] _wordings;
    private readonly Rows _names;
    private readonly Rows _parts;
    private readonly NameSize[] _sizes;
    private readonly int[] _firsts = new int[NameSize.Classes + 1];
    private readonly Rows _with;
    private readonly KeyTable _keys;

    private NameIndex(NameKind kind, Vocabulary vocabulary, int[] entities, byte[] properties, TextTable texts, int[] wordings, Rows parts, Runs runs, KeyTable keys)
    {
        Kind = kind;
        Vocabulary = vocabulary;
        _entities = entities;
        _properties = properties;
        _texts = texts;
        _wordings = wordings;
        _names = Rows.Grouped(wordings, parts.Count);
        _parts = parts;
        Runs = runs;
        _keys = keys;
        _sizes = new NameSize[parts.Count];
        for (int wording = 0; wording < _sizes.Length; wording++)
        {
            _sizes[wording] = NameSize.Of(number => vocabulary[number], parts[wording]);
            _firsts[_sizes[wording].Class + 1] = wording + 1;
        }

        for (int size = 1; size <= NameSize.Classes; size++)
            _firsts[size] = Math.Max(_firsts[size], _firsts[size - 1]);
        _with = parts.Inverted(vocabulary.Count);
    }

    /// <summary>The FtM properties that names stand under.</summary>
    public static ImmutableArray<string> Properties { get; } = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    /// <summary>What bears the names.</summary>
    public NameKind Kind { get; }

    /// <summary>The parts of the names.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Neighbours in the names that may be one word.</summary>
    public Runs Runs { get; }

    /// <summary>How many names there are.</summary>
    public int Count => _entities.Length;

    /// <summary>Number of the entity that bears a name.</summary>
    public int EntityOf(int name) => _entities[name];

    /// <summary>The FtM property that a name stands under.</summary>
    public string PropertyOf(int name) => Properties[_properties[name]];

    /// <summary>Whether the list holds a name to be of low quality.</summary>
    public bool IsWeak(int name) => Properties[_properties[name]] == "weakAlias";

    /// <summary>A name as it is listed.</summary>
    public string TextOf(int name) => _texts[name];

    /// <summary>How many wordings there are.</summary>
    public int WordingCount => _sizes.Length;

    /// <summary>How many parts all wordings have together.</summary>
    public int PartCount => _parts.Total;

    /// <summary>The wording of a name.</summary>
    public int WordingOf(int name) => _wordings[name];

    /// <summary>The names of a wording, ascending; at least one.</summary>
    public ReadOnlySpan<int> NamesOfWording(int wording) => _names[wording];

    /// <summary>Numbers of a wording's parts, in their order.</summary>
    public ReadOnlySpan<int> PartsOf(int wording) => _parts[wording];

    /// <summary>How many words and initials a wording has.</summary>
    public NameSize SizeOf(int wording) => _sizes[wording];

    /// <summary>Numbers of the parts of neighbours.</summary>
    public ReadOnlySpan<int> PartsOfRun(int run) => Runs.PartsOf(run, _parts);

    /// <summary>The first wording of a class of sizes or a higher one: wordings are in that order.</summary>
    public int FirstOf(int size) => _firsts[size];

    /// <summary>How many wordings are of a class of sizes or a lower one.</summary>
    /// <param name="size">The class; -1 for none.</param>
    /// <param name="wordings">The wordings, ascending.</param>
    public int CountUpTo(int size, ReadOnlySpan<int> wordings)
    {
        int end = _firsts[size + 1], low = 0, high = wordings.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (wordings[middle] < end)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The wordings that a part stands in, or neighbours, which follow the parts; ascending.</summary>
    public ReadOnlySpan<int> With(int part) => part < Vocabulary.Count ? _with[part] : Runs.WordingsWith(part - Vocabulary.Count);

    /// <summary>Wordings by what they are filed under as a whole.</summary>
    public ReadOnlySpan<int> WordingsUnder(ulong key) => _keys[key];

    /// <summary>The names of an entity: they stand one after the other.</summary>
    public Range NamesOf(int entity)
    {
        int first = Array.BinarySearch(_entities, entity);
        if (first < 0)
            return default;
        int end = first + 1;
        while (first > 0 && _entities[first - 1] == entity)
            first--;
        while (end < _entities.Length && _entities[end] == entity)
            end++;
        return first..end;
    }

    /// <summary>Writes the index.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write([(int)Kind]);
        Vocabulary.Write(writer);
        writer.Write(_entities);
        writer.Write(_properties);
        _texts.Write(writer);
        writer.Write(_wordings);
        _parts.Write(writer);
        Runs.Write(writer);
        _keys.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="entities">How many entities there are.</param>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static NameIndex Read(ArrayReader reader, int entities)
    {
        int[] kind = reader.Read<int>();
        if (kind.Length != 1 || !Enum.IsDefined((NameKind)kind[0]))
            throw new InvalidDataException("a kind of names is damaged");
        Vocabulary vocabulary = Vocabulary.Read(reader);
        int[] entityOf = reader.Read<int>();
        byte[] properties = reader.Read<byte>();
        TextTable texts = TextTable.Read(reader);
        int[] wordings = reader.Read<int>();
        var parts = Rows.Read(reader, vocabulary.Count);
        if (parts.Longest > Name.MaxParts)
            throw new InvalidDataException("the names are damaged");
        var runs = Runs.Read(reader, parts);
        KeyTable keys = KeyTable.Read(reader, parts.Count);
        bool sound = properties.Length == entityOf.Length && texts.Count == entityOf.Length && wordings.Length == entityOf.Length
            && !wordings.AsSpan().ContainsAnyExceptInRange(0, parts.Count - 1)
            && !entityOf.AsSpan().ContainsAnyExceptInRange(0, entities - 1)
            && !properties.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(Properties.Length - 1));
        for (int i = 1; sound && i < entityOf.Length; i++)
            sound = entityOf[i - 1] <= entityOf[i];
        for (int i = 1; sound && i < parts.Count; i++)
            sound = NameSize.Of(number => vocabulary[number], parts[i - 1]).Class <= NameSize.Of(number => vocabulary[number], parts[i]).Class;
        return sound
            ? new NameIndex((NameKind)kind[0], vocabulary, entityOf, properties, texts, wordings, parts, runs, keys)
            : throw new InvalidDataException("the names are damaged");
    }

    /// <summary>Gathers names, then makes the index.</summary>
    public sealed class Builder(NameKind kind)
    {
        private readonly NameReader _reader = new();
        private readonly Numbers _words = new();
        private readonly List<List<int>> _parts = [];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<int> _wordings = [];
        private readonly List<int> _entities = [];
        private readonly List<byte> _properties = [];
        private readonly TextTable.Builder _texts = new();

        /// <summary>Adds a name; the names of an entity one after the other.</summary>
        /// <param name="entity">Number of the entity, not below that of the name before.</param>
        /// <param name="property">Its place in <see cref="Properties"/>.</param>
        /// <param name="text">The name.</param>
        /// <returns>Whether there is anything in it to compare; if not, it was left out.</returns>
        public bool Add(int entity, int property, string text)
        {
            Name name = _reader.Read(text, kind);
            if (!name.IsComparable)
                return false;
            _entities.Add(entity);
            _properties.Add((byte)property);
            _texts.Add(text);
            _wordings.Add(WordingOf(name));
            return true;
        }

        /// <summary>The index of all names that were added.</summary>
        public NameIndex Build()
        {
            // By class of sizes, so that a search can pass over those that are too long as a whole.
            List<NamePart> words = _words.Parts;
            int[] order = [.. Enumerable.Range(0, _parts.Count).OrderBy(wording => NameSize.Of(number => words[number], CollectionsMarshal.AsSpan(_parts[wording])).Class)];
            var place = new int[order.Length];
            var runs = new Runs.Builder();
            var keys = new KeyTable.Builder();
            for (int wording = 0; wording < order.Length; wording++)
            {
                place[order[wording]] = wording;
                List<int> numbers = _parts[order[wording]];
                NamePart[] parts = [.. numbers.Select(number => words[number])];
                runs.Add(wording, parts, CollectionsMarshal.AsSpan(numbers));
                keys.Add(Keys.Letters(WholeText.LettersOf(parts)), wording);
                foreach (string acronym in kind == NameKind.Organisation ? Acronyms.Of(parts) : [])
                    keys.Add(Keys.Acronym(acronym), wording);
            }

            return new NameIndex(
                kind, Vocabulary.Build(_words.Parts), [.. _entities], [.. _properties], _texts.Build(), [.. _wordings.Select(wording => place[wording])],
                Rows.Of([.. order.Select(wording => _parts[wording])]), runs.Build(), keys.Build());
        }

        private int WordingOf(Name name)
        {
            var parts = new List<int>(name.Parts.Length);
            foreach (NamePart part in name.Parts)
                parts.Add(_words.Of(part));
            // The numbers as a text: equal where they are equal, and compact.
            string key = new(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(parts)));
            if (_numbers.TryGetValue(key, out int known))
                return known;
            _numbers.Add(key, _parts.Count);
            _parts.Add(parts);
            return _parts.Count - 1;
        }
    }

    /// <summary>Numbers parts in the order in which they are met.</summary>
    private sealed class Numbers
    {
        private readonly Dictionary<NamePart, int> _numbers = new(ReferenceEqualityComparer.Instance);

        public List<NamePart> Parts { get; } = [];

        public int Of(NamePart part)
        {
            if (_numbers.TryGetValue(part, out int number))
                return number;
            _numbers.Add(part, number = Parts.Count);
            Parts.Add(part);
            return number;
        }
    }
}
