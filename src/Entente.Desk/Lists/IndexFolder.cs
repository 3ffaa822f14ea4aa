using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Desk.Entities;
using Entente.Records;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Desk.Lists;

/// <summary>Indexes of lists that were screened against before, so that the next start need not read the lists again.</summary>
/// <remarks>
/// An index is named by a hash over the content of its lists and the build of the program, so that a stale one is never found. It is written
/// under another name, flushed and renamed; one that is damaged is built anew. Only the latest few are kept. Beside it stand what is known
/// of the lists, the groups of entities that are on several, and the archive of all entities.
/// </remarks>
/// <param name="folder">The folder; need not exist.</param>
/// <param name="time">The clock, for which indexes are used lately.</param>
internal sealed class IndexFolder(string folder, TimeProvider time)
{
    // As many combinations of lists as one machine is likely to screen against in turn.
    private const int MostKept = 4;

    private const string IndexEnding = ".index", ListsEnding = ".lists.json", GroupsEnding = ".groups", ArchiveEnding = ".entities", PartEnding = ".part";

    private static readonly string[] BesideIndex = [ListsEnding, GroupsEnding, ArchiveEnding];

    // Longer than any index takes to write: what is unfinished for so long was left by a process that was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>The name of the index over some lists.</summary>
    /// <param name="hashes">Of each list, in order, and of the judgements.</param>
    public static string NameOf(IEnumerable<string> hashes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes.Prepend(EngineVersion.Build)))))[..32];

    /// <summary>The index of a name.</summary>
    /// <param name="name">Made by <see cref="NameOf"/>.</param>
    /// <param name="openArchive">Whether to open and prove the archive of entities at once, and not when it is asked for.</param>
    /// <returns>Null where there is none, or none that can be read.</returns>
    public LoadedLists? Find(string name, bool openArchive)
    {
        try
        {
            var path = Path.Combine(folder, name + IndexEnding);
            if (!File.Exists(path) || !File.Exists(Path.Combine(folder, name + ArchiveEnding)))
                return null;
            var lists = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, name + ListsEnding)), IndexedListsJson.Default.LoadedListArray);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            var index = ScreeningIndex.Read(stream);
            using var stored = File.OpenRead(Path.Combine(folder, name + GroupsEnding));
            var groups = EntityGroups.Read(stored);
            var opened = openArchive ? OpenArchive(name, groups) : null;
            File.SetLastAccessTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return lists is null ? null : new LoadedLists([.. lists], index.WithGroups(groups), null, () => opened ?? OpenArchive(name, groups));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an index, and removes those least lately used.</summary>
    /// <param name="name">Made by <see cref="NameOf"/>.</param>
    /// <param name="lists">The lists with their index.</param>
    /// <param name="entities">The entities of each list.</param>
    /// <returns>Whether it could be kept; nothing but the time of the next start depends on it.</returns>
    public bool Keep(string name, LoadedLists lists, IReadOnlyList<IReadOnlyList<Entity>> entities)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Write(name + ListsEnding, stream => JsonSerializer.Serialize(stream, [.. lists.Lists], IndexedListsJson.Default.LoadedListArray));
            Write(name + GroupsEnding, lists.Index.Groups.Write);
            Write(name + ArchiveEnding, stream => EntityArchive.Write(stream, entities));
            // The index last: while it is not there, nothing is.
            Write(name + IndexEnding, lists.Index.Write);
            RemoveOld();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens the archive of an index. A damaged one is removed: an index without one is not found, and so built anew.</summary>
    private EntityArchive OpenArchive(string name, EntityGroups groups)
    {
        var path = Path.Combine(folder, name + ArchiveEnding);
        try
        {
            return EntityArchive.Open(path, groups);
        }
        catch (InvalidDataException)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Removes the indexes that were not used lately, and what a process that was killed left behind.</summary>
    private void RemoveOld()
    {
        var files = new DirectoryInfo(folder);
        foreach (var old in files.GetFiles("*" + IndexEnding).OrderByDescending(file => file.LastAccessTimeUtc).Skip(MostKept))
        {
            old.Delete();
            foreach (var ending in BesideIndex)
                File.Delete(Path.ChangeExtension(old.FullName, null) + ending);
        }
        var before = (time.GetUtcNow() - Abandoned).UtcDateTime;
        foreach (var file in files.GetFiles().Where(file => file.LastWriteTimeUtc < before))
        {
            var isBeside = BesideIndex.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal));
            if (file.Name.EndsWith(PartEnding, StringComparison.Ordinal) || (isBeside && !File.Exists(Path.Combine(folder, file.Name.Split('.')[0] + IndexEnding))))
                file.Delete();
        }
    }

    private void Write(string name, Action<Stream> content)
    {
        var path = Path.Combine(folder, name);
        var incoming = $"{path}.{Guid.NewGuid():N}{PartEnding}";
        try
        {
            using (var stream = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(incoming, path, overwrite: true);
        }
        finally
        {
            File.Delete(incoming);
        }
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LoadedList[]))]
internal sealed partial class IndexedListsJson : JsonSerializerContext;
