namespace Entente.Node.Bulk;

/// <summary>Where the files of a job are: <c>bulk/ID/</c> in the data folder, for this user alone. While a file is uploaded, <c>bulk/ID.part/</c>.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="id">The job.</param>
internal sealed class BulkFolder(string dataFolder, string id)
{
    private const string Part = ".part";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "bulk", id);

    /// <summary>The folder while the file is uploaded.</summary>
    public string PartPath => Path + Part;

    /// <summary>The result; there only when it is whole.</summary>
    public string Result => System.IO.Path.Combine(Path, "result.jsonl");

    /// <summary>The file to screen; null where it is not in this data folder.</summary>
    public string? Input => Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "input.*").FirstOrDefault() : null;

    /// <summary>Makes the folder to upload to.</summary>
    public void Begin()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(PartPath);
        else
            Directory.CreateDirectory(PartPath, OwnerOnly);
    }

    /// <summary>Says that the upload is whole and known to the store.</summary>
    public void Keep()
    {
        if (Directory.Exists(PartPath))
            Directory.Move(PartPath, Path);
    }

    /// <summary>Removes all files.</summary>
    public void Remove()
    {
        foreach (var folder in new[] { Path, PartPath })
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Jobs of which there are files, and whether their upload had ended.</summary>
    /// <param name="dataFolder">The data folder.</param>
    public static IReadOnlyList<(string Id, bool Whole)> All(string dataFolder)
    {
        var folder = System.IO.Path.Combine(dataFolder, "bulk");
        return Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Select(path => System.IO.Path.GetFileName(path)).Select(name => (name.EndsWith(Part, StringComparison.Ordinal) ? name[..^Part.Length] : name, !name.EndsWith(Part, StringComparison.Ordinal)))]
            : [];
    }
}
