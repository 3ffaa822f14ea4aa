using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entente.Names.Comparison;
using Entente.Names.Rarity;
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
    private readonly Rows _plain;
    private readonly Rows _initialed;
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
            _sizes[wording] = SizeOf(vocabulary, parts[wording]);
        _plain = parts.Inverted(vocabulary.Count, wording => _sizes[wording].Initials == 0);
        _initialed = parts.Inverted(vocabulary.Count, wording => _sizes[wording].Initials > 0);
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

    /// <summary>The wordings that a part stands in, but those with initials; none for neighbours, which follow the parts.</summary>
    public ReadOnlySpan<int> PlainWith(int part) => part < Vocabulary.Count ? _plain[part] : [];

    /// <summary>The wordings with initials that a part stands in, or all in which neighbours stand.</summary>
    public ReadOnlySpan<int> InitialedWith(int part) => part < Vocabulary.Count ? _initialed[part] : Runs.WordingsWith(part - Vocabulary.Count);

    /// <summary>How many wordings a part or neighbours stand in.</summary>
    public int CountWith(int part) => part < Vocabulary.Count ? _plain.LengthOf(part) + _initialed.LengthOf(part) : Runs.CountWith(part - Vocabulary.Count);

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

    private static NameSize SizeOf(Vocabulary vocabulary, ReadOnlySpan<int> parts)
    {
        int words = 0, initials = 0;
        foreach (int part in parts)
        {
            NamePart known = vocabulary[part];
            words += known.Role == TokenRole.Word && !known.MayBeParticle && known.Rarity >= RarityTable.Least ? 1 : 0;
            initials += known.Role == TokenRole.Initial ? 1 : 0;
        }

        return new NameSize((byte)words, (byte)initials);
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
        return sound
            ? new NameIndex((NameKind)kind[0], vocabulary, entityOf, properties, texts, wordings, parts, runs, keys)
            : throw new InvalidDataException("the names are damaged");
    }

    /// <summary>Gathers names, then makes the index.</summary>
    public sealed class Builder(NameKind kind)
    {
        private readonly NameReader _reader = new();
        private readonly Numbers _words = new();
        private readonly Runs.Builder _runs = new();
        private readonly List<List<int>> _parts = [];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<int> _wordings = [];
        private readonly List<int> _entities = [];
        private readonly List<byte> _properties = [];
        private readonly TextTable.Builder _texts = new();
        private readonly KeyTable.Builder _keys = new();

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
        public NameIndex Build() => new(
            kind, Vocabulary.Build(_words.Parts), [.. _entities], [.. _properties], _texts.Build(), [.. _wordings], Rows.Of(_parts), _runs.Build(), _keys.Build());

        private int WordingOf(Name name)
        {
            var parts = new List<int>(name.Parts.Length);
            foreach (NamePart part in name.Parts)
                parts.Add(_words.Of(part));
            // The numbers as a text: equal where they are equal, and compact.
            string key = new(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(parts)));
            if (_numbers.TryGetValue(key, out int known))
                return known;
            int number = _parts.Count;
            _numbers.Add(key, number);
            _parts.Add(parts);
            _runs.Add(number, name.Parts, CollectionsMarshal.AsSpan(parts));
            _keys.Add(Keys.Letters(WholeText.LettersOf(name.Parts)), number);
            if (kind == NameKind.Organisation)
            {
                foreach (string acronym in Acronyms.Of(name))
                    _keys.Add(Keys.Acronym(acronym), number);
            }

            return number;
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
