namespace Entente.Lists.Snapshots;

/// <summary>Finds the folder in which Entente keeps its data.</summary>
public static class DataFolder
{
    /// <summary>The setting that names the folder.</summary>
    public const string Variable = "ENTENTE_DATA_DIR";

    /// <summary>
    /// <c>ENTENTE_DATA_DIR</c> if set; else the user's data folder: <c>%LOCALAPPDATA%\entente</c> on Windows,
    /// elsewhere <c>$XDG_DATA_HOME/entente</c> or <c>~/.local/share/entente</c>. The folder need not exist yet.
    /// </summary>
    /// <param name="setting">Looks up an environment variable; the process's own environment unless given.</param>
    /// <exception cref="InvalidOperationException">No setting names a folder and the user has no home.</exception>
    public static string Find(Func<string, string?>? setting = null)
    {
        setting ??= Environment.GetEnvironmentVariable;
        if (setting(Variable) is { Length: > 0 } named)
            return Path.GetFullPath(named);

        var users = OperatingSystem.IsWindows()
            ? setting("LOCALAPPDATA")
            : setting("XDG_DATA_HOME") is { } xdg && Path.IsPathRooted(xdg) // the XDG specification: ignore a relative one
                ? xdg
                : setting("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "share") : null;
        return users is { Length: > 0 }
            ? Path.Combine(users, "entente")
            : throw new InvalidOperationException($"There is no home folder to keep data in: set {Variable} to a folder.");
    }
}
