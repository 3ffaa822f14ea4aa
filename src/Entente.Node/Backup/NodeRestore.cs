using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Node.Audit;
using Entente.Node.Store;

namespace Entente.Node.Backup;

/// <summary>Puts a backup back into an empty data folder, once everything in it was found to be as it was.</summary>
internal static class NodeRestore
{
    private const string Incoming = "restore.part";

    /// <summary>Restores a backup.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataFolder">The data folder; must be empty or not there.</param>
    /// <param name="heads">Heads of the audit trail that are known from elsewhere.</param>
    /// <param name="cancel">Gives up, and leaves nothing.</param>
    /// <returns>What was restored, and what the audit trail in it was found to be; no verdict where the database is not in it.</returns>
    /// <exception cref="InvalidDataException">It is no backup, not whole, or changed; nothing was restored.</exception>
    /// <exception cref="IOException">It cannot be read or written, or the folder is not empty.</exception>
    public static async Task<(BackupManifest Manifest, AuditVerdict? Verdict)> RunAsync(string path, string dataFolder, IEnumerable<AuditHead> heads, CancellationToken cancel)
    {
        dataFolder = Path.GetFullPath(dataFolder);
        if (File.Exists(dataFolder) || (Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any(found => Path.GetFileName(found) != "lost+found")))
            throw new IOException($"{dataFolder} is not an empty folder. Name another one, or move away what is in it: nothing is overwritten.");
        var incoming = Path.Combine(dataFolder, Incoming);
        var existed = Directory.Exists(dataFolder);
        var done = false;
        try
        {
            // Each for itself: of a path that is made at once, only the last folder is for this user alone.
            if (!existed)
                _ = NodeStore.InFolder(dataFolder);
            var store = NodeStore.InFolder(incoming);
            var manifest = await ExtractAsync(path, incoming, cancel).ConfigureAwait(false);
            var verdict = await VerifyAsync(path, manifest, store, incoming, heads, cancel).ConfigureAwait(false);
            if (verdict is not null)
                AuditAnchor.Write(incoming, verdict.Head);
            else if (AuditHead.TryParse(manifest.AuditHead) is { } head)
                AuditAnchor.Write(incoming, head);
            // The database last: until it is there, nothing is.
            foreach (var found in Directory.EnumerateFileSystemEntries(incoming).OrderBy(found => Path.GetFileName(found) == NodeStore.FileName).ToList())
                Directory.Move(found, Path.Combine(dataFolder, Path.GetFileName(found)));
            done = true;
            return (manifest, verdict);
        }
        finally
        {
            if (Directory.Exists(incoming))
                Directory.Delete(incoming, recursive: true);
            if (!done && !existed && Directory.Exists(dataFolder) && !Directory.EnumerateFileSystemEntries(dataFolder).Any())
                Directory.Delete(dataFolder);
        }
    }

    private static async Task<AuditVerdict?> VerifyAsync(string path, BackupManifest manifest, NodeStore store, string folder, IEnumerable<AuditHead> heads, CancellationToken cancel)
    {
        if (manifest.Database == BackupManifest.Postgres)
            return null;
        if (manifest.Database != BackupManifest.Sqlite || !File.Exists(Path.Combine(folder, NodeStore.FileName)) || AuditHead.TryParse(manifest.AuditHead) is not { } head)
            throw new InvalidDataException($"{path}: the database is not in it. Nothing was restored.");
        AuditVerdict verdict;
        try
        {
            verdict = await AuditService.VerifyAsync(store, null, heads.Append(head), cancel).ConfigureAwait(false);
        }
        catch (Microsoft.Data.Sqlite.SqliteException fault)
        {
            throw new InvalidDataException($"{path}: the database in it is damaged ({fault.Message}). Nothing was restored.", fault);
        }
        finally
        {
            store.ReleaseFile();
        }
        return verdict.Intact
            ? verdict
            : throw new InvalidDataException($"{path}: the audit trail in it does not verify; {verdict.Faults[0].Message}. Nothing was restored.");
    }

    private static async Task<BackupManifest> ExtractAsync(string path, string folder, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        await using var unpacked = packed ? new GZipStream(file, CompressionMode.Decompress) : null;
        var found = new Dictionary<string, BackupFile>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        try
        {
            await using var tar = new TarReader(unpacked ?? (Stream)file);
            while (await tar.GetNextEntryAsync(cancellationToken: cancel).ConfigureAwait(false) is { } entry)
            {
                if (manifest is not null)
                    throw new InvalidDataException("something stands behind its manifest");
                if (entry.Name == BackupManifest.FileName && entry.DataStream is { Length: < 1 << 28 } json)
                    manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(json, NodeJson.Options, cancel).ConfigureAwait(false);
                else if (!found.TryAdd(entry.Name, await ExtractAsync(entry, folder, cancel).ConfigureAwait(false)))
                    throw new InvalidDataException($"{entry.Name} is in it twice");
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: not a backup, or a damaged one ({fault.Message}). Nothing was restored.", fault);
        }
        if (manifest is not { Format: BackupManifest.CurrentFormat, Files: not null })
            throw new InvalidDataException($"{path}: {(manifest is null ? "its manifest is missing: it is no backup, or not whole" : $"it is of another format ({manifest.Format}) than this version reads")}. Nothing was restored.");
        foreach (var file1 in manifest.Files)
        {
            if (!found.Remove(file1.Name, out var is1) || is1 != file1)
                throw new InvalidDataException($"{path}: {file1.Name} is {(is1 is null ? "missing" : "not what it was when the backup was made")}. Nothing was restored.");
        }
        return found.Count == 0 ? manifest : throw new InvalidDataException($"{path}: {found.Keys.First()} was put into it. Nothing was restored.");
    }

    private static async Task<BackupFile> ExtractAsync(TarEntry entry, string folder, CancellationToken cancel)
    {
        var parts = entry.Name.Split('/');
        if (entry.EntryType != TarEntryType.RegularFile || entry.Name.Contains('\\', StringComparison.Ordinal) || Path.IsPathRooted(entry.Name)
            || parts.Any(part => part.Length == 0 || part is "." or ".." || part.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0))
            throw new InvalidDataException($"'{entry.Name}' has no place in a data folder");
        var path = Path.Combine([folder, .. parts]);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        await using (var output = new FileStream(path, options))
        {
            var buffer = new byte[1 << 16];
            int read;
            while (entry.DataStream is { } data && (read = await data.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
                size += read;
            }
            output.Flush(flushToDisk: true);
        }
        return new BackupFile(entry.Name, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
