using System.Text;

namespace Entente.Exchange.Tests;

/// <summary>Alters a text in every place in which somebody on its way could.</summary>
internal static class Tamper
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Texts that differ in each letter, lack each letter, or have one more at an end.</summary>
    public static IEnumerable<string> Everywhere(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var at = Letters.IndexOf(text[i], StringComparison.Ordinal);
            foreach (var letter in at < 0 ? ['A', ' '] : new[] { Letters[(at + 1 + (i % 63)) % 64], i % 2 == 0 ? '~' : '.' })
            {
                if (letter != text[i])
                    yield return new StringBuilder(text) { [i] = letter }.ToString();
            }
            yield return text.Remove(i, 1);
        }
        foreach (var more in new[] { "A", "=", " ", "\n", "~", ".", "é" })
        {
            yield return text + more;
            yield return more + text;
        }
    }
}
