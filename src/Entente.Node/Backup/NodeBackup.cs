using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Desk;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Backup;

/// <summary>Copies all that a node cannot make again into one file, while it works.</summary>
/// <remarks>
/// The database first, as it stands at one moment; then the rest of the data folder, in which lists are immutable versions and their
/// pointers are read before them. Left out is what can be made again: indexes, unfinished downloads, the audit head.
/// </remarks>
internal sealed class NodeBackup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] LeftOut = ["indexes", NodeStore.FileName, NodeStore.FileName + "-wal", NodeStore.FileName + "-shm", NodeStore.FileName + "-journal", NodeStore.MigrationLock, AuditAnchor.FileName, Hosting.NodeOptions.LockFile];

    private readonly NodeStore _store;
    private readonly Ledger _ledger;
    private readonly string _dataFolder;
    private readonly TimeProvider _clock;

    private NodeBackup(NodeStore store, Ledger ledger, string dataFolder, TimeProvider clock)
    {
        _store = store;
        _ledger = ledger;
        _dataFolder = Path.GetFullPath(dataFolder);
        _clock = clock;
    }

    /// <summary>Makes a backup, and records that it was made. The file appears when it is whole.</summary>
    /// <param name="store">The database.</param>
    /// <param name="ledger">Where it is recorded.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="path">The file to write, compressed where its name ends in <c>gz</c>; there must be none.</param>
    /// <param name="actor">Who has it made.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancel">Gives up, and leaves nothing.</param>
    /// <exception cref="IOException">It cannot be written, or there is such a file.</exception>
    public static async Task<BackupManifest> WriteAsync(NodeStore store, Ledger ledger, string dataFolder, string path, Actor actor, TimeProvider clock, CancellationToken cancel)
    {
        if (File.Exists(path) || Directory.Exists(path))
            throw new IOException($"{path} exists. Name a new file: a backup is never overwritten.");
        var part = path + ".part";
        try
        {
            var manifest = await new NodeBackup(store, ledger, dataFolder, clock).WriteAsync(part, Path.GetFullPath(path), cancel).ConfigureAwait(false);
            string hash;
            await using (var written = File.OpenRead(part))
                hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancel).ConfigureAwait(false));
            var payload = new { file = Path.GetFileName(path), sha256 = hash, database = manifest.Database, auditHead = manifest.AuditHead, files = manifest.Files.Count, by = Environment.UserName };
            await ledger.RecordAsync(actor, AuditAction.BackupMade, "backup", JsonSerializer.Serialize(payload, NodeJson.Options), cancel).ConfigureAwait(false);
            File.Move(part, path);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task<BackupManifest> WriteAsync(string part, string path, CancellationToken cancel)
    {
        await using var file = NewFile(part);
        await using var packed = path.EndsWith("gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true) : null;
        var files = new List<BackupFile>();
        BackupManifest manifest;
        await using (var tar = new TarWriter(packed ?? (Stream)file, TarEntryFormat.Pax, leaveOpen: true))
        {
            var head = _store.IsPostgres ? await HeadAsync(_store, cancel).ConfigureAwait(false) : await AddDatabaseAsync(tar, part, files, cancel).ConfigureAwait(false);
            foreach (var found in FilesOf(_dataFolder).Where(found => found != path && found != part))
                await AddAsync(tar, found, Path.GetRelativePath(_dataFolder, found).Replace('\\', '/'), files, cancel).ConfigureAwait(false);
            manifest = new BackupManifest(BackupManifest.CurrentFormat, _clock.GetUtcNow(), EngineVersion.Text,
                _store.IsPostgres ? BackupManifest.Postgres : BackupManifest.Sqlite, head.ToString(), files);
            await using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, NodeJson.Options));
            await tar.WriteEntryAsync(NewEntry(BackupManifest.FileName, json, manifest.MadeAt), cancel).ConfigureAwait(false);
        }
        if (packed is not null)
            await packed.DisposeAsync().ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        return manifest;
    }

    /// <summary>Copies the database as it is at one moment, without what was erased from it, and adds the copy.</summary>
    private async Task<AuditHead> AddDatabaseAsync(TarWriter tar, string part, List<BackupFile> files, CancellationToken cancel)
    {
        var folder = part + ".d";
        try
        {
            var copy = NodeStore.InFolder(folder); // makes the folder, for this user alone
            var file = Path.Combine(folder, NodeStore.FileName);
            await NewFile(file).DisposeAsync().ConfigureAwait(false);
            await using (var db = _store.Open())
                await db.Database.ExecuteSqlAsync($"VACUUM INTO {file}", cancel).ConfigureAwait(false);
            var head = await HeadAsync(copy, cancel).ConfigureAwait(false);
            copy.ReleaseFile();
            await AddAsync(tar, file, NodeStore.FileName, files, cancel).ConfigureAwait(false);
            return head;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<AuditHead> HeadAsync(NodeStore store, CancellationToken cancel)
    {
        await using var trail = await StoredTrail.OpenAsync(store, cancel).ConfigureAwait(false);
        return trail.Head;
    }

    private static async Task AddAsync(TarWriter tar, string path, string name, List<BackupFile> files, CancellationToken cancel)
    {
        FileStream opened;
        try
        {
            opened = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return; // removed since the folder was read: an old version of a list, a finished upload
        }
        var size = opened.Length;
        await using var reading = new HashedRead(opened, size);
        await tar.WriteEntryAsync(NewEntry(name, reading, File.GetLastWriteTimeUtc(path)), cancel).ConfigureAwait(false);
        files.Add(new BackupFile(name, size, reading.Sha256()));
    }

    private static PaxTarEntry NewEntry(string name, Stream data, DateTimeOffset changed) =>
        new(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = changed, Mode = OwnerOnly };

    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
        // It holds all that the node knows.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Files of a folder before those of its folders, so that a pointer is read before what it may point to.</summary>
    private IEnumerable<string> FilesOf(string folder)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => IsWanted(file, folder)).OrderBy(file => file.Name, StringComparer.Ordinal))
            yield return file.FullName;
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(below => IsWanted(below, folder)).OrderBy(below => below.Name, StringComparer.Ordinal))
        {
            foreach (var file in FilesOf(below.FullName))
                yield return file;
        }
    }

    private bool IsWanted(FileSystemInfo found, string folder) =>
        found.LinkTarget is null && !(folder == _dataFolder && LeftOut.Contains(found.Name))
        && found.Name != "lock" && !found.Name.StartsWith("incoming-", StringComparison.Ordinal) && !found.Name.EndsWith(".part.d", StringComparison.Ordinal);
}
