using System.Text;
using Entente.Names.Scripts;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>The letters that a name of three words and more may be shortened to.</summary>
internal static class Acronyms
{
    /// <summary>The first letters of a name's words, without the small ones and with them; distinct, none where the words are too few.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<NamePart> name)
    {
        if (name.Count(p => p.Role is TokenRole.Word or TokenRole.Generic) < 3)
            yield break;
        string all = Initials(name);
        string main = Initials(name.Where(p => p.Role is not (TokenRole.Particle or TokenRole.LegalForm or TokenRole.Title)));
        yield return main;
        if (all != main)
            yield return all;
    }

    private static string Initials(IEnumerable<NamePart> parts)
    {
        var letters = new StringBuilder(8);
        foreach (NamePart part in parts)
        {
            bool starts = true;
            foreach (char c in part.Folded)
            {
                if (starts && ScriptOf.Character(c) == Script.Latin)
                    letters.Append(c);
                starts = c == ' ';
            }
        }

        return letters.ToString();
    }
}
