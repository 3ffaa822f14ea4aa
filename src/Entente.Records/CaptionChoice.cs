using System.Text;

namespace Entente.Records;

/// <summary>Chooses what an entity is called on a screen.</summary>
/// <remarks>As FtM: the first caption property that has a value. Among several values the first that is written
/// in Latin letters wins, since most users of a mixed list can read it; FtM's further step, the centroid of all
/// spellings, is left out: the first name of an official list is the one its publisher chose.</remarks>
internal static class CaptionChoice
{
    public static string Of(Entity entity)
    {
        foreach (var property in Schemata.CaptionProperties(entity.Schema))
        {
            var values = entity.Get(property);
            if (values.Length > 0)
                return values.FirstOrDefault(IsLatin) ?? values[0];
        }
        return entity.Schema;
    }

    // Latin letters end at U+024F, with a later block for Vietnamese and the like.
    private static bool IsLatin(string text)
    {
        var latin = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            if (rune.Value is > 0x024F and not (>= 0x1E00 and <= 0x1EFF))
                return false;
            latin = true;
        }
        return latin;
    }
}
