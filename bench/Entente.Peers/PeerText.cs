using System.Globalization;
using System.Text;

namespace Entente.Bench.Peers;

/// <summary>What a careful user does to names before giving them to a peer.</summary>
internal static class PeerText
{
    /// <summary>Lower case, without accents, signs and doubled spaces. Letters of every script stay.</summary>
    public static string Prepare(string name)
    {
        StringBuilder prepared = new(name.Length);
        foreach (char c in name.Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || c == '\'')
                continue;
            if (char.IsLetterOrDigit(c))
                prepared.Append(char.ToLowerInvariant(c));
            else if (prepared.Length > 0 && prepared[^1] != ' ')
                prepared.Append(' ');
        }
        return prepared.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }
}
