using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Entente.Lists.France;

/// <summary>Walks over a JSON document whose records stand in one array, and holds one record at a time in memory.</summary>
/// <remarks>The whole document is checked: one that is damaged or cut off anywhere, also behind the records, is refused.</remarks>
/// <param name="stream">The document, UTF-8.</param>
/// <param name="file">The file, as messages name it.</param>
/// <param name="limits">A record may be sixteen times as long as a value.</param>
internal sealed class JsonRecords(Stream stream, string file, ListLimits limits)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    private readonly int _maxRecord = (int)Math.Min(16L * limits.MaxValueLength, int.MaxValue / 4);
    private byte[] _buffer = new byte[1 << 16];
    private int _length;
    private int _line = 1;
    private bool _final;
    private JsonReaderState _state = new(Options);

    /// <summary>Reads the document.</summary>
    /// <param name="array">Name of the array that holds the records.</param>
    /// <param name="onRecord">Called with each record, an object, and its line.</param>
    /// <param name="onText">Called with the name, the value and the line of each text outside the records.</param>
    /// <exception cref="ListFormatException">Not JSON, cut off, or without the array.</exception>
    public void Read(string array, Action<JsonElement, int> onRecord, Action<string, string, int> onText)
    {
        Fill();
        if (_buffer.AsSpan(0, _length).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            Consume(3);
        var found = false;
        string? name = null;
        while (Next(out var token, out var text))
        {
            if (token == JsonTokenType.PropertyName)
            {
                name = text;
                continue;
            }
            if (token == JsonTokenType.String && name is not null)
                onText(name, text!, _line); // a string token has a text
            if (token == JsonTokenType.StartArray && name == array)
            {
                found = true;
                ReadArray(onRecord);
            }
            name = null;
        }
        if (!found)
            throw Error($"the list has no '{array}'. Fetch it again.");
    }

    private void ReadArray(Action<JsonElement, int> onRecord)
    {
        while (true)
        {
            var (token, start, end) = Value();
            if (token == JsonTokenType.EndArray)
                return;
            if (token != JsonTokenType.StartObject)
                throw Error("a record is not an object. Fetch the list again.");
            SkipLines(start);
            if (!Utf8.IsValid(_buffer.AsSpan(start, end - start)))
                throw Error("the record holds bytes that are not UTF-8. Fetch the list again.");
            using var document = JsonDocument.Parse(_buffer.AsMemory(start, end - start), new JsonDocumentOptions { MaxDepth = Options.MaxDepth });
            onRecord(document.RootElement, _line);
            SkipLines(start, end);
            Drop(end);
        }
    }

    // The next token of the document, consumed.
    private bool Next(out JsonTokenType token, out string? text)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _final, _state);
            try
            {
                if (reader.Read())
                {
                    token = reader.TokenType;
                    text = token is JsonTokenType.PropertyName or JsonTokenType.String ? Text(ref reader) : null;
                    _state = reader.CurrentState;
                    Consume((int)reader.BytesConsumed);
                    return true;
                }
            }
            catch (JsonException e)
            {
                throw Damaged(e);
            }
            if (_final)
            {
                (token, text) = (JsonTokenType.None, null);
                return false;
            }
            Fill();
        }
    }

    // The next value inside the array, whole in the buffer but not consumed; the end of the array is consumed.
    private (JsonTokenType Token, int Start, int End) Value()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _final, _state);
            try
            {
                if (reader.Read())
                {
                    var token = reader.TokenType;
                    var start = (int)reader.TokenStartIndex;
                    if (token is not JsonTokenType.StartObject || reader.TrySkip())
                    {
                        _state = reader.CurrentState;
                        var end = (int)reader.BytesConsumed;
                        if (token == JsonTokenType.EndArray)
                            Consume(end);
                        return (token, start, end);
                    }
                }
            }
            catch (JsonException e)
            {
                throw Damaged(e);
            }
            Fill();
        }
    }

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            throw new ListFormatException(file, _line, null, "a text is not valid UTF-8, or holds half of a surrogate pair. Fetch the list again.", e);
        }
    }

    private void Fill()
    {
        if (_final)
            throw Error("the file ends before the list does: the download was cut off. Fetch it again.");
        if (_length == _buffer.Length)
        {
            if (_length >= _maxRecord)
                throw Error($"a record is longer than {_maxRecord.ToString("N0", CultureInfo.InvariantCulture)} bytes.");
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Math.Max(_maxRecord, _buffer.Length + 1L)));
        }
        // As much as there is room for: a stream that comes in drops would have a record looked at once for each of them.
        var room = _buffer.Length - _length;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_length), room, throwOnEndOfStream: false);
        _length += read;
        _final = read < room;
    }

    private void SkipLines(int end) => SkipLines(0, end);

    private void SkipLines(int start, int end) => _line += _buffer.AsSpan(start, end - start).Count((byte)'\n');

    private void Consume(int count)
    {
        SkipLines(count);
        Drop(count);
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }

    private ListFormatException Error(string problem) => new(file, _line, null, problem);

    // The parser counts lines from the start of the document.
    private ListFormatException Damaged(JsonException e) => new(file, (int)(e.LineNumber ?? 0) + 1, null,
        _final && e.LineNumber == _line - 1 + _buffer.AsSpan(0, _length).Count((byte)'\n')
            ? "the list breaks off or is damaged in its last line. Fetch it again."
            : "not valid JSON: the file is damaged. Fetch it again.", e);
}
