using System.Buffers;
using System.Text;

namespace Entente.Lists;

/// <summary>One element of one record, with what it holds; white space inside values is evened out.</summary>
internal sealed class ListElement(string name, int line)
{
    // Most elements are leaves: they share the one empty list.
    private static readonly List<ListElement> None = [];

    // All that char.IsWhiteSpace knows, but for the plain space.
    private static readonly SearchValues<char> OtherSpace =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c != ' ' && char.IsWhiteSpace(c))]);

    private List<ListElement> _children = None;
    private List<(string Name, string Value)>? _attributes;

    public string Name { get; } = name;

    public int Line { get; } = line;

    public IReadOnlyList<ListElement> Children => _children;

    /// <summary>The text directly inside, trimmed, each run of white space a single space; empty where none.</summary>
    public string Text { get; private set; } = "";

    public void Add(ListElement child)
    {
        if (ReferenceEquals(_children, None))
            _children = [];
        _children.Add(child);
    }

    /// <summary>The attributes that are not blank, in file order.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes => _attributes is null ? [] : _attributes;

    public void AddAttribute(string name, string value)
    {
        if (Even(value) is { Length: > 0 } even)
            (_attributes ??= []).Add((name, even));
    }

    /// <summary>The value of an attribute, white space evened out; <see langword="null"/> where it is missing or blank.</summary>
    public string? Attribute(string name)
    {
        foreach (var (known, value) in _attributes ?? [])
        {
            if (known == name)
                return value;
        }
        return null;
    }

    public void AddText(string text) => Text = Even(Text.Length == 0 ? text : Text + text);

    /// <summary>The text of the first child of this name; <see langword="null"/> where there is none or it is blank.</summary>
    public string? Value(string child)
    {
        foreach (var element in Children)
        {
            if (element.Name == child)
                return element.Text.Length == 0 ? null : element.Text;
        }
        return null;
    }

    /// <summary>The texts, none blank, of the <c>VALUE</c> elements inside all children of this name, or of the children themselves.</summary>
    public IEnumerable<string> Values(string child)
    {
        foreach (var element in Children)
        {
            if (element.Name != child)
                continue;
            if (element.Text.Length > 0)
                yield return element.Text;
            foreach (var value in element.Children)
            {
                if (value.Name == "VALUE" && value.Text.Length > 0)
                    yield return value.Text;
            }
        }
    }

    /// <summary>All children of this name.</summary>
    public IEnumerable<ListElement> All(string child) => Children.Where(element => element.Name == child);

    private static string Even(string text)
    {
        if (text.Length == 0 || (text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAny(OtherSpace) && !text.Contains("  ", StringComparison.Ordinal)))
            return text;

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        if (result.Length > 0 && result[^1] == ' ')
            result.Length--;
        return result.ToString();
    }
}
