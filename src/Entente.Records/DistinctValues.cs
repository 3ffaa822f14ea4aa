using System.Collections.Immutable;

namespace Entente.Records;

/// <summary>The values of one property while they are gathered: without repetition, in the order they came.</summary>
/// <remarks>Most properties have one value, some files' ten thousand.</remarks>
internal sealed class DistinctValues(string property)
{
    private const int CompareOneByOne = 16;

    private string? _first;
    private List<string>? _values;
    private HashSet<string>? _index;

    public string Property { get; } = property;

    public bool Contains(string value) => _index?.Contains(value) ?? _values?.Contains(value) ?? _first == value;

    public bool Add(string value)
    {
        if (Contains(value))
            return false;
        if (_first is null)
        {
            _first = value;
            return true;
        }
        _values ??= [_first];
        _values.Add(value);
        if (_index is not null)
            _index.Add(value);
        else if (_values.Count > CompareOneByOne)
            _index = new HashSet<string>(_values, StringComparer.Ordinal);
        return true;
    }

    public ImmutableArray<string> ToImmutable() => _values is not null ? [.. _values] : _first is not null ? [_first] : [];
}
