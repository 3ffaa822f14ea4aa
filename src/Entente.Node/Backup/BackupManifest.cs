namespace Entente.Node.Backup;

/// <summary>What a backup holds: its last entry, <c>manifest.json</c>.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Engine">By which version.</param>
/// <param name="Database"><c>sqlite</c>, which is in it, or <c>postgres</c>, which is not.</param>
/// <param name="AuditHead">Where the audit trail ended, as <c>NUMBER:HASH</c>.</param>
/// <param name="Files">Everything else in it.</param>
public sealed record BackupManifest(string Format, DateTimeOffset MadeAt, string Engine, string Database, string AuditHead, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The name of the format that this version writes and reads.</summary>
    public const string CurrentFormat = "entente-backup-1";

    /// <summary>The manifest's name.</summary>
    public const string FileName = "manifest.json";

    internal const string Sqlite = "sqlite", Postgres = "postgres";
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">Its path from the data folder, with slashes.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
public sealed record BackupFile(string Name, long Size, string Sha256);
