using System.Text;

namespace Entente.Lists.Wording;

/// <summary>Short names of datasets whose file does not say one.</summary>
internal static class DatasetName
{
    private const int MaxLength = 60;

    /// <summary>From a file's name: <c>blacklist</c> of <c>/data/Blacklist.csv.gz</c>.</summary>
    /// <param name="fileName">A path, with the separators of any system.</param>
    /// <param name="otherwise">The name where nothing is left.</param>
    /// <returns>Lower-case letters and digits of any script, with '-' and '_' between them.</returns>
    public static string OfFile(string fileName, string otherwise)
    {
        var stem = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Split('.')[0];
        var name = new StringBuilder();
        foreach (var c in stem)
        {
            if (char.IsLetterOrDigit(c))
                name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] is not ('-' or '_'))
                name.Append(c == '_' ? '_' : '-');
            if (name.Length == MaxLength)
                break;
        }
        var cut = name.ToString().TrimEnd('-', '_');
        return cut.Length > 0 ? cut : otherwise;
    }
}
