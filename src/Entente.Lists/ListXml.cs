using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Entente.Lists;

/// <summary>A forward-only walk over an XML list: no DTD, no outside entities, bounded memory, every fault with its place.</summary>
internal sealed partial class ListXml : IDisposable
{
    private const int MaxDepth = 12;

    // Encodings that the XML reader knows by itself.
    private static readonly string[] Known = ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1", "latin1", "utf-32"];

    private const string NotOfEncoding = "the file holds bytes that do not fit its encoding (UTF-8 unless it says otherwise). Fetch it again.";

    private readonly XmlReader _reader;
    private readonly IXmlLineInfo _place;
    private readonly string _file;
    private readonly ListLimits _limits;
    private readonly char[] _chunk = new char[4096];
    private readonly StringBuilder _text = new();

    public ListXml(GuardedStream stream, string file, ListLimits limits)
    {
        _file = file;
        _limits = limits;
        stream.ExpectMarkup = true;
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxBytes,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = false,
        };
        try
        {
            // The reader begins to read at once.
            _reader = OldEncoding(stream.Head) is { } encoding
                ? XmlReader.Create(new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true), settings)
                : XmlReader.Create(stream, settings);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(file, null, null, NotOfEncoding, e);
        }
        _place = (IXmlLineInfo)_reader; // every reader made from a stream has it
    }

    // Encodings of one byte that .NET itself reads only after a registration for the whole process, such as windows-1251.
    // XML without a declaration is UTF-8; that, UTF-16 and Latin-1 the reader knows.
    private Encoding? OldEncoding(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("<?xml"u8) || head.IndexOf("?>"u8) is not (> 0 and var end))
            return null;
        if (Declaration().Match(Encoding.ASCII.GetString(head[..end])) is not { Success: true } declared)
            return null;
        var name = declared.Groups["name"].Value;
        if (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) is { IsSingleByte: true } encoding
            && encoding.GetBytes("<") is [(byte)'<']) // not so those of mainframes, in which the declaration could not have been read
        {
            return encoding;
        }
        return Known.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? null
            : throw new ListFormatException(_file, 1, null, $"the file says that its encoding is '{Wording.ShortText.Of(name)}', which Entente does not read. Fetch it again, or turn it into UTF-8.");
    }

    [GeneratedRegex("""\sencoding\s*=\s*["'](?<name>[^"']*)["']""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    /// <summary>The line the walk has come to, from 1.</summary>
    public int Line => _place.LineNumber;

    /// <summary>Goes to the document element.</summary>
    /// <returns>Its local name.</returns>
    public string MoveToRoot()
    {
        while (Advance())
        {
            if (_reader.NodeType == XmlNodeType.Element)
                return _reader.LocalName;
        }
        throw Error("the file holds no XML element. Fetch the list again.");
    }

    /// <summary>The XML namespace of the element the walk has come to; empty where it has none.</summary>
    public string Namespace => _reader.NamespaceURI;

    /// <summary>An attribute of the element the walk has come to.</summary>
    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>Calls <paramref name="visit"/> on each child element of the current one, with its name. The visitor must consume the
    /// child, by <see cref="ReadRecord"/>, <see cref="EachChild"/> or <see cref="Skip"/>. Afterwards the current element is consumed.</summary>
    public void EachChild(Action<string> visit)
    {
        var depth = _reader.Depth;
        if (_reader.IsEmptyElement)
        {
            Advance();
            return;
        }
        Advance();
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType == XmlNodeType.Element)
                visit(_reader.LocalName);
            else
                Advance();
        }
        Advance(); // the end tag
    }

    /// <summary>Leaves out the current element.</summary>
    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (XmlException e)
        {
            throw Translate(e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(_file, _place.LineNumber > 0 ? _place.LineNumber : null, null, NotOfEncoding, e);
        }
    }

    /// <summary>Reads on to the end of the document, so that a file that is damaged after the list does not pass.</summary>
    public void ReadToEnd()
    {
        while (Advance())
        {
        }
    }

    /// <summary>Reads the current element, with all it holds, and consumes it.</summary>
    public ListElement ReadRecord()
    {
        var left = _limits.MaxElementsPerRecord;
        return ReadElement(0, ref left);
    }

    private ListElement ReadElement(int depth, ref int left)
    {
        if (depth > MaxDepth)
            throw Error($"elements are nested more than {MaxDepth} deep inside one record.");
        if (left-- <= 0)
            throw Error($"one record holds more than {_limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} elements.");

        var element = new ListElement(_reader.LocalName, Line);
        ReadAttributes(element);
        if (_reader.IsEmptyElement)
        {
            Advance();
            return element;
        }

        Advance();
        while (_reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                element.Add(ReadElement(depth + 1, ref left));
            }
            else
            {
                if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                    element.AddText(ReadText(element.Name));
                Advance();
            }
        }
        Advance();
        return element;
    }

    private void ReadAttributes(ListElement element)
    {
        if (!_reader.HasAttributes)
            return;
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.Value.Length > _limits.MaxValueLength)
                throw Error($"the value of {_reader.LocalName} is longer than {_limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
            if (_reader.Prefix != "xmlns" && _reader.Name != "xmlns")
                element.AddAttribute(_reader.LocalName, _reader.Value);
        }
        _reader.MoveToElement();
    }

    // In pieces, so that a text without end is noticed before it is in memory.
    private string ReadText(string element)
    {
        try
        {
            var read = _reader.ReadValueChunk(_chunk, 0, _chunk.Length);
            if (read < _chunk.Length)
            {
                var next = _reader.ReadValueChunk(_chunk, read, _chunk.Length - read);
                if (next == 0 && read <= _limits.MaxValueLength)
                    return new string(_chunk, 0, read);
                read += next;
            }
            _text.Clear();
            while (read > 0)
            {
                if (_text.Length + read > _limits.MaxValueLength)
                    throw Error($"the value of <{element}> is longer than {_limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
                _text.Append(_chunk, 0, read);
                read = _reader.ReadValueChunk(_chunk, 0, _chunk.Length);
            }
            return _text.ToString();
        }
        catch (XmlException e)
        {
            throw Translate(e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(_file, _place.LineNumber > 0 ? _place.LineNumber : null, null, NotOfEncoding, e);
        }
    }

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (XmlException e)
        {
            throw Translate(e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(_file, _place.LineNumber > 0 ? _place.LineNumber : null, null, NotOfEncoding, e);
        }
    }

    /// <summary>An error at the place the walk has come to.</summary>
    public ListFormatException Error(string problem) =>
        new(_file, _place.LineNumber > 0 ? _place.LineNumber : null, _place.LineNumber > 0 ? _place.LinePosition : null, problem);

    private ListFormatException Translate(XmlException e)
    {
        var message = e.Message;
        var problem = message.Contains("DTD", StringComparison.Ordinal)
            ? "the file declares a DTD (<!DOCTYPE ...>). No official list does; it is refused because a DTD can read other files or fill the memory."
            : message.Contains("Unexpected end of file", StringComparison.Ordinal) || message.Contains("Root element is missing", StringComparison.Ordinal)
                ? "the file ends before the list does: the download was cut off. Fetch it again."
                : message.Contains("encoding", StringComparison.Ordinal)
                    ? NotOfEncoding
                    : message.Contains("MaxCharactersInDocument", StringComparison.Ordinal)
                        ? $"the file is larger than {_limits.MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} characters."
                        : $"not well-formed XML: {WithoutPlace(message)} Fetch the file again.";
        return new(_file, e.LineNumber > 0 ? e.LineNumber : null, e.LineNumber > 0 ? e.LinePosition : null, problem, e);
    }

    // The parser repeats the place at the end of its message, and may quote control characters.
    private static string WithoutPlace(string message)
    {
        var place = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        var text = new StringBuilder(place > 0 ? message[..place] : message);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                text[i] = ' ';
        }
        return text.ToString();
    }

    public void Dispose() => _reader.Dispose();
}
