using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Names.Rarity;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>The listed names of one kind, in flat arrays, and where each of their parts occurs.</summary>
/// <remarks>Immutable, thread-safe. <see cref="NameSearch"/> searches it.</remarks>
internal sealed class NameIndex
{
    private readonly int[] _entities;
    private readonly byte[] _properties;
    private readonly NameSize[] _sizes;
    private readonly TextTable _texts;
    private readonly Rows _parts;
    private readonly Rows _plain;
    private readonly Rows _initialed;
    private readonly Rows _joined;
    private readonly KeyTable _keys;

    private NameIndex(NameKind kind, Vocabulary vocabulary, int[] entities, byte[] properties, TextTable texts, Rows parts, Rows joined, KeyTable keys)
    {
        Kind = kind;
        Vocabulary = vocabulary;
        _entities = entities;
        _properties = properties;
        _texts = texts;
        _parts = parts;
        _joined = joined;
        _keys = keys;
        _sizes = new NameSize[parts.Count];
        for (int name = 0; name < _sizes.Length; name++)
            _sizes[name] = SizeOf(vocabulary, parts[name]);
        _plain = parts.Inverted(vocabulary.Words, name => _sizes[name].Initials == 0);
        _initialed = parts.Inverted(vocabulary.Words, name => _sizes[name].Initials > 0);
    }

    /// <summary>The FtM properties that names stand under.</summary>
    public static ImmutableArray<string> Properties { get; } = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    /// <summary>What bears the names.</summary>
    public NameKind Kind { get; }

    /// <summary>The parts of the names.</summary>
    public Vocabulary Vocabulary { get; }

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

    /// <summary>Numbers of a name's parts, in their order.</summary>
    public ReadOnlySpan<int> PartsOf(int name) => _parts[name];

    /// <summary>How many words and initials a name has.</summary>
    public NameSize SizeOf(int name) => _sizes[name];

    /// <summary>The names that a part stands in, but those with initials; none for two neighbours.</summary>
    public ReadOnlySpan<int> PlainNamesWith(int part) => part < Vocabulary.Words ? _plain[part] : [];

    /// <summary>The names with initials that a part stands in, or those in which two neighbours stand.</summary>
    public ReadOnlySpan<int> InitialedNamesWith(int part) => part < Vocabulary.Words ? _initialed[part] : _joined[part - Vocabulary.Words];

    /// <summary>How many names a part stands in.</summary>
    public int CountWith(int part) => part < Vocabulary.Words ? _plain.LengthOf(part) + _initialed.LengthOf(part) : _joined.LengthOf(part - Vocabulary.Words);

    /// <summary>Names by what they are filed under as a whole.</summary>
    public ReadOnlySpan<int> NamesUnder(ulong key) => _keys[key];

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
            words += known.Role == TokenRole.Word && known.Rarity >= RarityTable.Least ? 1 : 0;
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
        _parts.Write(writer);
        _joined.Write(writer);
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
        var parts = Rows.Read(reader, vocabulary.Words);
        var joined = Rows.Read(reader, entityOf.Length);
        KeyTable keys = KeyTable.Read(reader, entityOf.Length);
        bool sound = properties.Length == entityOf.Length && texts.Count == entityOf.Length && parts.Count == entityOf.Length
            && joined.Count == vocabulary.Count - vocabulary.Words && !entityOf.AsSpan().ContainsAnyExceptInRange(0, entities - 1)
            && !properties.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(Properties.Length - 1)) && parts.Longest <= Name.MaxParts;
        for (int i = 1; sound && i < entityOf.Length; i++)
            sound = entityOf[i - 1] <= entityOf[i];
        return sound
            ? new NameIndex((NameKind)kind[0], vocabulary, entityOf, properties, texts, parts, joined, keys)
            : throw new InvalidDataException("the names are damaged");
    }

    /// <summary>Gathers names, then makes the index.</summary>
    public sealed class Builder(NameKind kind)
    {
        private readonly NameReader _reader = new();
        private readonly Numbers _words = new();
        private readonly Numbers _joined = new();
        private readonly List<List<int>> _namesOfJoined = [];
        private readonly List<List<int>> _parts = [];
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
            int number = _entities.Count;
            _entities.Add(entity);
            _properties.Add((byte)property);
            _texts.Add(text);
            var parts = new List<int>(name.Parts.Length);
            for (int i = 0; i < name.Parts.Length; i++)
            {
                parts.Add(_words.Of(name.Parts[i]));
                if (_reader.JoinedOrNull(name, i) is { } joined)
                    AddJoined(_joined.Of(joined), number);
            }

            _parts.Add(parts);
            _keys.Add(Keys.Letters(WholeText.LettersOf(name.Parts)), number);
            if (kind == NameKind.Organisation)
            {
                foreach (string acronym in Acronyms.Of(name))
                    _keys.Add(Keys.Acronym(acronym), number);
            }

            return true;
        }

        /// <summary>The index of all names that were added.</summary>
        /// <param name="bothWays">Whether it is to be searched by those who would otherwise be searched for.</param>
        public NameIndex Build(bool bothWays) => new(
            kind, Vocabulary.Build(_words.Parts, _joined.Parts, bothWays), [.. _entities], [.. _properties], _texts.Build(), Rows.Of(_parts), Rows.Of(_namesOfJoined), _keys.Build());

        private void AddJoined(int part, int name)
        {
            if (part == _namesOfJoined.Count)
                _namesOfJoined.Add([]);
            if (_namesOfJoined[part] is var names && (names.Count == 0 || names[^1] != name))
                names.Add(name);
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
