using System.Text;

namespace Entente.Bench;

/// <summary>
/// Which token pairs are kept out of training, so that what is measured was never learned from.
/// Trainer and measurement both compile this file: change it and every earlier figure is void.
/// </summary>
/// <remarks>
/// The choice hangs on the token in the other script alone, so that all its Latin spellings fall on the
/// same side, and on nothing that differs between machines, runs or file orders.
/// </remarks>
internal static class HeldOut
{
    private const uint Parts = 10;

    /// <summary>True for the tenth of tokens that must not be trained on.</summary>
    public static bool Contains(string otherScriptToken) => Hash(otherScriptToken) % Parts == 0;

    /// <summary>FNV-1a, 32 bits, over UTF-8 (Fowler, Noll, Vo; RFC 9923).</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash ^= b;
            hash *= 16777619;
        }
        return hash;
    }
}
