using System.Buffers;
using System.Text;

namespace Entente.Screening.Index;

/// <summary>Texts in UTF-8, one after the other: many short texts without an object each.</summary>
/// <remarks>Immutable, thread-safe. Lone surrogates, which are no text, come back as U+FFFD.</remarks>
internal sealed class TextTable
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private TextTable(byte[] bytes, int[] starts)
    {
        _bytes = bytes;
        _starts = starts;
    }

    /// <summary>How many texts there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>A text by number.</summary>
    public string this[int number] => Encoding.UTF8.GetString(_bytes, _starts[number], _starts[number + 1] - _starts[number]);

    /// <summary>A text in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int number) => _bytes.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>All texts in order.</summary>
    public IEnumerable<string> All() => Enumerable.Range(0, Count).Select(number => this[number]);

    /// <summary>A table of texts.</summary>
    public static TextTable Of(IEnumerable<string> texts)
    {
        var builder = new Builder();
        foreach (string text in texts)
            builder.Add(text);
        return builder.Build();
    }

    /// <summary>Gathers texts, then makes the table.</summary>
    public sealed class Builder
    {
        private readonly List<int> _starts = [0];
        private byte[] _bytes = new byte[4096];
        private int _length;

        /// <summary>Adds a text.</summary>
        public void Add(string text)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            Add(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
            ArrayPool<byte>.Shared.Return(rented);
        }

        /// <summary>Adds a text in UTF-8.</summary>
        public void Add(ReadOnlySpan<byte> text)
        {
            if (_bytes.Length - _length < text.Length)
                Array.Resize(ref _bytes, Math.Max((int)Math.Min(_bytes.Length * 2L, Array.MaxLength), checked(_length + text.Length)));
            text.CopyTo(_bytes.AsSpan(_length));
            _length += text.Length;
            _starts.Add(_length);
        }

        /// <summary>The table of all that were added.</summary>
        public TextTable Build() => new(_bytes.AsSpan(0, _length).ToArray(), [.. _starts]);
    }

    /// <summary>Writes the texts.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write(_bytes);
        writer.Write(_starts);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static TextTable Read(ArrayReader reader)
    {
        var table = new TextTable(reader.Read<byte>(), reader.Read<int>());
        bool sound = table._starts.Length > 0 && table._starts[0] == 0 && table._starts[^1] == table._bytes.Length;
        for (int i = 0; sound && i < table.Count; i++)
            sound = table._starts[i] <= table._starts[i + 1];
        return sound ? table : throw new InvalidDataException("a table of texts is damaged");
    }
}
