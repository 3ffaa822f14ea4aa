using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Desk.Lists;

/// <summary>Indexes of lists that were screened against before, so that the next start need not read the lists again.</summary>
/// <remarks>
/// An index is named by a hash over the content of its lists and the build of the program, so that a stale one is never found. It is written
/// under another name, flushed and renamed; one that is damaged is built anew. Only the latest few are kept.
/// </remarks>
/// <param name="folder">The folder; need not exist.</param>
/// <param name="time">The clock, for which indexes are used lately.</param>
internal sealed class IndexFolder(string folder, TimeProvider time)
{
    // As many combinations of lists as one machine is likely to screen against in turn.
    private const int MostKept = 4;

    private const string IndexEnding = ".index", ListsEnding = ".lists.json", GroupsEnding = ".groups";

    /// <summary>The name of the index over some lists.</summary>
    /// <param name="hashes">Of each list, in order, and of the judgements.</param>
    public static string NameOf(IEnumerable<string> hashes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes.Prepend(EngineVersion.Build)))))[..32];

    /// <summary>The index of a name.</summary>
    /// <returns>Null where there is none, or none that can be read.</returns>
    public LoadedLists? Find(string name)
    {
        try
        {
            var path = Path.Combine(folder, name + IndexEnding);
            if (!File.Exists(path))
                return null;
            var lists = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, name + ListsEnding)), IndexedListsJson.Default.LoadedListArray);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            var index = ScreeningIndex.Read(stream);
            using var groups = File.OpenRead(Path.Combine(folder, name + GroupsEnding));
            File.SetLastAccessTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return lists is null ? null : new LoadedLists([.. lists], index.WithGroups(EntityGroups.Read(groups)), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an index, and removes those least lately used.</summary>
    /// <returns>Whether it could be kept; nothing but the time of the next start depends on it.</returns>
    public bool Keep(string name, LoadedLists lists)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Write(name + ListsEnding, stream => JsonSerializer.Serialize(stream, [.. lists.Lists], IndexedListsJson.Default.LoadedListArray));
            Write(name + GroupsEnding, lists.Index.Groups.Write);
            // The index last: while it is not there, nothing is.
            Write(name + IndexEnding, lists.Index.Write);
            foreach (var old in new DirectoryInfo(folder).GetFiles("*" + IndexEnding).OrderByDescending(file => file.LastAccessTimeUtc).Skip(MostKept))
            {
                old.Delete();
                foreach (var ending in new[] { ListsEnding, GroupsEnding })
                    File.Delete(Path.ChangeExtension(old.FullName, null) + ending);
            }
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Write(string name, Action<Stream> content)
    {
        var path = Path.Combine(folder, name);
        var incoming = $"{path}.{Guid.NewGuid():N}.part";
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
