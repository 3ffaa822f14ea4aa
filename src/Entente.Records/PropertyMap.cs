using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Entente.Records;

/// <summary>The properties of one entity. Lists hold millions of entities with a dozen properties each: an array is
/// a fifth of a dictionary, and as fast to search; an entity with very many properties gets an index.</summary>
internal sealed class PropertyMap : IReadOnlyDictionary<string, ImmutableArray<string>>
{
    private const int SearchOneByOne = 32;

    private readonly KeyValuePair<string, ImmutableArray<string>>[] _entries;
    private readonly Dictionary<string, int>? _index;

    /// <summary>Takes the entries over; the keys must be distinct.</summary>
    public PropertyMap(KeyValuePair<string, ImmutableArray<string>>[] entries)
    {
        _entries = entries;
        if (entries.Length <= SearchOneByOne)
            return;
        _index = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
            _index.Add(entries[i].Key, i);
    }

    public int Count => _entries.Length;

    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    public IEnumerable<ImmutableArray<string>> Values => _entries.Select(entry => entry.Value);

    public ImmutableArray<string> this[string key] =>
        TryGetValue(key, out var values) ? values : throw new KeyNotFoundException($"The entity has no property '{key}'.");

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        var at = Find(key);
        value = at < 0 ? default : _entries[at].Value;
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, ImmutableArray<string>>> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private int Find(string key)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(key, -1);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key == key)
                return i;
        }
        return -1;
    }
}
