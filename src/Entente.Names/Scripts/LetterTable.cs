using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Letters, and what each is replaced by.</summary>
/// <remarks>Letters of a script lie close together, so the table is an array over all of them. Immutable, thread-safe.</remarks>
internal sealed class LetterTable
{
    private readonly string?[] _plain;
    private readonly char _first;

    /// <summary>Takes up the letters.</summary>
    public LetterTable(IReadOnlyDictionary<char, string> letters)
    {
        _first = letters.Keys.Min();
        _plain = new string?[letters.Keys.Max() - _first + 1];
        foreach ((char letter, string plain) in letters)
            _plain[letter - _first] = plain;
    }

    /// <summary>Appends a word, each letter as the table has it; letters not in the table as they are.</summary>
    public void Append(ReadOnlySpan<char> word, StringBuilder into)
    {
        foreach (char c in word)
        {
            int at = c - _first;
            if ((uint)at < (uint)_plain.Length && _plain[at] is { } plain)
                into.Append(plain);
            else
                into.Append(c);
        }
    }
}
