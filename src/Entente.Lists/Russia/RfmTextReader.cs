using System.Buffers;
using System.Globalization;
using System.Text;
using Entente.Lists.Wording;

namespace Entente.Lists.Russia;

/// <summary>Reads the public list of Rosfinmonitoring: as text (UTF-8 or windows-1251), or as the web page that shows it.</summary>
/// <remarks>Sections are told by their headings ('Организации', 'Физические лица'), entries by the number they begin with.
/// An entry ends with ';' and may run over several lines, in a page over several blocks inside the
/// element in which it begins.</remarks>
internal sealed class RfmTextReader
{
    private const int LongestHeading = 120;

    private static readonly string[] Headings =
    [
        "национальная часть", "международная часть", "организации", "физические лица", "юридические лица",
        "российские юридические лица", "российские физические лица", "иностранные юридические лица", "иностранные физические лица",
    ];

    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(" \t\r\n/>");

    private static readonly string[] PageElements = ["html", "head", "body", "div", "section", "main", "ol", "ul", "li", "table", "h1", "h2", "h3", "h4", "p"];

    private readonly RfmTextLines _lines;
    private readonly RfmListDraft _list;
    private readonly bool _markup;
    private readonly ListLimits _limits;
    private RfmKind _kind;
    private string? _part;
    private readonly List<(int Line, int Number)> _unclosed = [];
    private StringBuilder? _entry;
    private bool _saidBehind;
    private int _entryLine;
    private int _entryBlock;
    private bool _isItem;
    private int _number;
    private int _count;
    private int _closed;
    private bool _lastClosed;
    private bool _dated;

    private RfmTextReader(RfmTextLines lines, bool markup, string file, ListLimits limits)
    {
        _lines = lines;
        _markup = markup;
        _limits = limits;
        _list = new(file, limits);
    }

    /// <summary>Whether a file begins like the list: with an entry of it, or as a web page of Rosfinmonitoring.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        var (encoding, markup) = KindOf(head);
        var text = Lossy(encoding).GetString(head).TrimStart('\uFEFF');
        if (markup)
        {
            return BeginsAsPage(text)
                && (text.Contains("fedsfm", StringComparison.OrdinalIgnoreCase) || text.Contains("Росфинмониторинг", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("финансовому мониторингу", StringComparison.OrdinalIgnoreCase) || text.Contains(" г.р.", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("Физические лица", StringComparison.OrdinalIgnoreCase));
        }
        var listed = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var bare = line.Trim();
            listed |= RfmEntryText.NumberAt(bare, out _) > 0 && bare.Contains(',') && (bare.EndsWith(";") || bare.Contains("г.р.", StringComparison.OrdinalIgnoreCase));
        }
        return listed && ScriptLanguage.Of(text) is not ScriptLanguage.Script.None && text.AsSpan().ContainsAnyInRange('А', 'я');
    }

    /// <summary>Reads the list from its first byte.</summary>
    public static ListFile Read(GuardedStream stream, string file, ListLimits limits)
    {
        var (encoding, markup) = KindOf(stream.Head);
        using var lines = new RfmTextLines(stream, encoding, markup, file, limits);
        return new RfmTextReader(lines, markup, file, limits).Read();
    }

    private ListFile Read()
    {
        while (_lines.Read() is { } line)
            Take(line);
        if (_lines.IsOpen)
            throw _list.Error(_lines.Line, "the page ends before it is closed (</html>): the download was cut off. Fetch it again.");
        EndEntry();
        if (_count == 0)
            throw _list.Error(null, "no entry of Rosfinmonitoring's list is in it ('1. NAME, ...;'); the address may have answered with another page. Fetch the list again.");
        if (_closed > 0 && !_lastClosed)
            throw _list.Error(_entryLine, "the last entry does not end with ';' as others do: the list was cut off. Fetch it again.");
        if (_closed > 0)
            _unclosed.ForEach(entry => _list.Warn(entry.Line, entry.Number.ToString(CultureInfo.InvariantCulture), "the entry does not end with ';' as others do; something of it may be missing."));
        if (!_dated)
            _list.Dated(null, 1);
        return _list.Complete();
    }

    private void Take(string line)
    {
        var start = RfmEntryText.NumberAt(line, out var number);
        // An entry runs on until it ends; in a page no further than the element in which it began.
        var isWithin = _entry is not null && (!_markup || _lines.IsWithin(_entryBlock));
        var isOpen = isWithin && !EndsClosed(_entry!);
        if (start > 0 && IsHeading(line[start..]))
            start = 0;
        // '5. МИКРОРАЙОН' may be the rest of a birthplace.
        if (start > 0 && (!isOpen || number == _number + 1 || number == 1))
        {
            EndEntry();
            if (number != _number + 1 && number != 1 && _number > 0)
                _list.Warn(_lines.Line, number.ToString(CultureInfo.InvariantCulture), $"the entry follows number {_number.ToString(CultureInfo.InvariantCulture)}; entries may be missing.");
            (_number, _entryBlock, _isItem) = (number, _lines.Block, _lines.IsItem);
            (_entry, _entryLine) = (new StringBuilder(line, start, line.Length - start, 0), _lines.Line);
            return;
        }
        if ((!isOpen || IsHeading(line)) && TryHeading(line))
            return;
        if (isOpen)
        {
            if (_entry!.Length + line.Length > _limits.MaxValueLength)
                throw _list.Error(_entryLine, $"an entry is longer than {_limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
            _entry.Append(' ').Append(line);
            return;
        }
        // '_entry' stays until the next one begins; what a menu or a footer says stands outside of its item.
        if (isWithin && _isItem && !_saidBehind)
        {
            _saidBehind = true;
            _list.Warn(_lines.Line, _number.ToString(CultureInfo.InvariantCulture), $"'{ShortText.Of(line)}' stands behind the end of its entry and was left out, as is all that stands so in others.");
        }
        ReadDate(line);
        if (!_markup && _count > 0)
            _list.Warn(_lines.Line, "", $"the line '{ShortText.Of(line)}' is neither an entry nor a heading and was left out.");
    }

    private static bool EndsClosed(StringBuilder entry) => entry.Length > 0 && entry[^1] == ';';

    // A heading and nothing else, as no part of an entry is.
    private static bool IsHeading(string line) => Headings.Contains(line.Trim(' ', ':', '.', '-'), StringComparer.OrdinalIgnoreCase);

    private bool TryHeading(string line)
    {
        if (line.Length > LongestHeading)
            return false;
        var part = Contains("национальн") || Contains("российск") ? "Национальная часть"
            : Contains("международн") || Contains("иностранн") ? "Международная часть" : null;
        var kind = Contains("физические лица") || Contains("физических лиц") ? RfmKind.Person
            : Contains("организации") || Contains("юридические лица") || Contains("юридических лиц") ? RfmKind.Organisation : RfmKind.Unknown;
        // 'Организации и физические лица, в отношении которых ...' is the title of the whole.
        if (kind == RfmKind.Person && Contains("организаци"))
            return false;
        var isPart = part is not null && (kind != RfmKind.Unknown || Contains("часть"));
        if (kind == RfmKind.Unknown && !isPart)
            return false;
        // Menus of the page name other lists ('организации, ...'); a heading is short.
        if (kind != RfmKind.Unknown && line.Length > 60)
            return false;
        EndEntry(); // which still belongs to the section before
        _part = isPart ? part : _part;
        _kind = kind == RfmKind.Unknown ? _kind : kind;
        _number = 0;
        return true;

        bool Contains(string words) => line.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    // 'Перечень ... по состоянию на 22.06.2026'
    private void ReadDate(string line)
    {
        if (_dated || _count > 0 || line.Length > 500)
            return;
        foreach (var mark in (ReadOnlySpan<string>)["по состоянию на", "сформирован", "дата перечня"])
        {
            var at = line.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            var word = line[(at + mark.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0]));
            if (word is null)
                continue;
            _list.Dated(word.Trim('.', ',', ';', ')'), _lines.Line);
            _dated = true;
            return;
        }
    }

    private void EndEntry()
    {
        if (_entry is null)
            return;
        _lastClosed = EndsClosed(_entry);
        if (!_lastClosed)
            _unclosed.Add((_entryLine, _number));
        _closed += _lastClosed ? 1 : 0;
        _count++;
        _list.Add(RfmEntryText.Parse(_entry.ToString(), _kind, _number.ToString(CultureInfo.InvariantCulture), _entryLine, _part));
        _entry = null;
    }

    // Whether the first element is one of web pages. XML lists are told by theirs.
    private static bool BeginsAsPage(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        while (text.StartsWith("<!--"))
        {
            var end = text.IndexOf("-->");
            text = end < 0 ? [] : text[(end + 3)..].TrimStart();
        }
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!text.StartsWith("<"))
            return false;
        var name = text[1..];
        var length = name.IndexOfAny(EndsOfName);
        return length > 0 && PageElements.Contains(name[..length].ToString(), StringComparer.OrdinalIgnoreCase);
    }

    private static (Encoding Encoding, bool Markup) KindOf(ReadOnlySpan<byte> head)
    {
        var latin = Encoding.Latin1.GetString(head);
        var markup = latin.AsSpan().TrimStart("\u00EF\u00BB\u00BF \t\r\n").StartsWith("<");
        var windows = !CyrillicText.IsUtf8(head) || (markup && latin.Contains("windows-1251", StringComparison.OrdinalIgnoreCase) && !head.ContainsAnyInRange((byte)0x80, (byte)0xFF));
        return (windows ? CyrillicText.Windows1251 : CyrillicText.Utf8, markup);
    }

    // To look at the first bytes only: the last letter among them may be cut through.
    private static Encoding Lossy(Encoding encoding) => encoding == CyrillicText.Utf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
}
