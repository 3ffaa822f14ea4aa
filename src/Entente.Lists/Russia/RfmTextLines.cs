using System.Globalization;
using System.Net;
using System.Text;

namespace Entente.Lists.Russia;

/// <summary>The lines of a text, or of a web page: there each block, such as an item of a list, begins and ends a line.</summary>
internal sealed class RfmTextLines(Stream stream, Encoding encoding, bool markup, string file, ListLimits limits) : IDisposable
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "em", "font", "i", "label", "small", "span", "strong", "sub", "sup", "u", "wbr",
    };

    // Elements that have no end.
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    };

    // Elements that end where the next of their kind begins, unless something else has begun in between.
    private static readonly HashSet<string> Items = new(StringComparer.OrdinalIgnoreCase) { "li", "p", "td", "th", "tr", "dt", "dd" };

    // Elements that hold others apart: what begins inside them ends nothing outside.
    private static readonly HashSet<string> Holders = new(StringComparer.OrdinalIgnoreCase) { "ol", "ul", "dl", "table", "div", "section", "main", "body", "html" };

    // Deeper than any page; beyond it, an element counts as part of the one around it.
    private const int MaxDepth = 256;

    private readonly List<(int Id, string Name)> _open = [];
    private readonly List<(int Id, string Name)> _around = [];
    private int _elements;

    private readonly StreamReader _reader = new(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _tag = new();
    private int _line = 1;

    /// <summary>Where the last line began, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The innermost element in which the last line began, by its number among all; 0 where it began in none.</summary>
    public int Block => _around.Count == 0 ? 0 : _around[^1].Id;

    /// <summary>Whether the innermost element in which the last line began is one of several alike: an item, a paragraph, a cell.</summary>
    public bool IsItem => _around.Count > 0 && Items.Contains(_around[^1].Name);

    /// <summary>Whether the last line began inside an element.</summary>
    /// <param name="block">As <see cref="Block"/> gave it.</param>
    public bool IsWithin(int block) => block == 0 || _around.Exists(element => element.Id == block);

    /// <summary>Whether a web page has begun and not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Reads the next line that is not blank, trimmed, each run of white space a single space.</summary>
    /// <returns><see langword="null"/> at the end.</returns>
    /// <exception cref="ListFormatException">Too long, or not of the encoding.</exception>
    public string? Read()
    {
        try
        {
            _text.Clear();
            while (_reader.Read() is >= 0 and var read)
            {
                var c = (char)read;
                if (c == '\n')
                    _line++;
                if (markup && c == '<')
                {
                    if (ReadTag() && _text.Length > 0)
                        return Take();
                    continue;
                }
                if (c == '\n' && !markup && _text.Length > 0)
                    return Take();
                Append(c);
            }
            return _text.Length > 0 && Take() is { Length: > 0 } last ? last : null;
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(file, _line, null, "the file holds bytes that do not fit its encoding (UTF-8 or windows-1251). Fetch it again.", e);
        }
    }

    // White space that begins a line is nothing, and a run of it is one space.
    private void Append(char c)
    {
        if (char.IsWhiteSpace(c) || c is '\uFEFF' or '\u200B')
        {
            if (_text.Length > 0 && _text[^1] != ' ')
                _text.Append(' ');
            return;
        }
        if (_text.Length == 0)
        {
            Line = _line;
            _around.Clear();
            _around.AddRange(_open);
        }
        if (_text.Length == limits.MaxValueLength)
            throw TooLong("a line");
        _text.Append(c);
    }

    private string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        if (!markup)
            return text.TrimEnd();
        // '&nbsp;' is white space too, which shows only now.
        text = WebUtility.HtmlDecode(text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Reads on behind a tag; true where it ends a block.
    private bool ReadTag()
    {
        _tag.Clear();
        while (_reader.Read() is >= 0 and var read and not '>')
        {
            if (read == '\n')
                _line++;
            // Comments may hold '>'; no tag of the page is nearly as long as a value may be.
            if (_tag.Length == limits.MaxValueLength)
                throw TooLong("a tag");
            _tag.Append((char)read);
            if (_tag.Length == 3 && _tag[0] == '!' && _tag[1] == '-' && _tag[2] == '-')
            {
                SkipTo("-->");
                return false;
            }
        }
        var tag = _tag.ToString();
        var closing = tag.StartsWith('/');
        var name = tag.AsSpan(closing ? 1 : 0);
        var end = name.IndexOfAny(" \t\r\n/");
        var element = (end < 0 ? name : name[..end]).ToString();
        if (!closing && (element.Equals("script", StringComparison.OrdinalIgnoreCase) || element.Equals("style", StringComparison.OrdinalIgnoreCase)))
            SkipTo($"</{element}");
        if (element.Equals("html", StringComparison.OrdinalIgnoreCase))
            IsOpen = !closing;
        if (Inline.Contains(element))
            return false;
        if (closing)
            Close(element);
        else if (!Void.Contains(element) && !tag.EndsWith('/'))
            Open(element);
        return true;
    }

    private void Open(string element)
    {
        if (Items.Contains(element))
        {
            for (var i = _open.Count - 1; i >= 0 && !Holders.Contains(_open[i].Name) && !Holds(_open[i].Name, element); i--)
            {
                if (!_open[i].Name.Equals(element, StringComparison.OrdinalIgnoreCase))
                    continue;
                _open.RemoveRange(i, _open.Count - i);
                break;
            }
        }
        if (_open.Count < MaxDepth)
            _open.Add((++_elements, element));
    }

    private void Close(string element)
    {
        var at = _open.FindLastIndex(open => open.Name.Equals(element, StringComparison.OrdinalIgnoreCase));
        if (at >= 0)
            _open.RemoveRange(at, _open.Count - at);
    }

    // A paragraph inside an item does not end one outside of it, nor a cell inside a row.
    private static bool Holds(string outer, string inner) =>
        inner.ToUpperInvariant() switch
        {
            "P" => !outer.Equals("p", StringComparison.OrdinalIgnoreCase),
            "TD" or "TH" => outer.Equals("tr", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    private void SkipTo(string mark)
    {
        var matched = 0;
        while (matched < mark.Length && _reader.Read() is >= 0 and var read)
        {
            if (read == '\n')
                _line++;
            var c = char.ToLowerInvariant((char)read);
            // '--->' ends a comment as well.
            matched = c == char.ToLowerInvariant(mark[matched]) ? matched + 1 : c == mark[0] ? (mark == "-->" && matched == 2 ? 2 : 1) : 0;
        }
    }

    private ListFormatException TooLong(string what) =>
        new(file, _line, null, $"{what} is longer than {limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");

    /// <summary>Lets go of the buffers; the stream stays open.</summary>
    public void Dispose() => _reader.Dispose();
}
