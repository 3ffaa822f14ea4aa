using System.Collections.Frozen;
using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Replaces letters by a table.</summary>
internal static class LetterFolding
{
    /// <summary>Appends a word, each letter as the table has it; letters not in the table as they are.</summary>
    public static void Append(ReadOnlySpan<char> word, FrozenDictionary<char, string> table, StringBuilder into)
    {
        foreach (char c in word)
        {
            if (table.TryGetValue(c, out string? plain))
                into.Append(plain);
            else
                into.Append(c);
        }
    }
}
