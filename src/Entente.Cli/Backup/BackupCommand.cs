using System.CommandLine;
using System.Globalization;
using Entente.Cli.Output;
using Entente.Node.Access;
using Entente.Node.Backup;
using Entente.Node.Store;

namespace Entente.Cli.Backup;

/// <summary><c>entente backup</c> and <c>entente restore</c>.</summary>
internal static class BackupCommand
{
    /// <summary>Makes <c>entente backup</c>.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    public static Command CreateBackup(Surroundings surroundings)
    {
        var data = new NodeData();
        var file = new Argument<string>("FILE") { Description = "The file to write, such as entente-2026-01-31.tar, or .tar.gz to compress it. There must be none." };
        var command = new Command("backup", "Copy all of a node into one file, while it works.") { file };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var path = parsed.GetValue(file)!;
            var manifest = NodeData.Run(async () =>
            {
                var store = data.Open(parsed, surroundings);
                await using var ledger = new Ledger(store, surroundings.Time);
                return await NodeBackup.WriteAsync(store, ledger, data.Folder(parsed, surroundings), path, Actor.System("command"), surroundings.Time, surroundings.Stop).ConfigureAwait(false);
            });
            surroundings.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {manifest.Files.Count:N0} files, {manifest.Files.Sum(f => f.Size):N0} bytes. The audit trail in it ends at"));
            surroundings.Out.WriteLine($"  {manifest.AuditHead}");
            if (manifest.Database == BackupManifest.Postgres)
                surroundings.Out.WriteLine("The database is on PostgreSQL and NOT in this file. Back it up as well, best right before: pg_dump --format=custom --file=entente.dump DATABASE. This file holds the rest: lists and uploads.");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Makes <c>entente restore</c>.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    public static Command CreateRestore(Surroundings surroundings)
    {
        var data = new NodeData();
        var file = new Argument<string>("FILE") { Description = "What entente backup wrote." };
        var heads = new Option<string[]>("--head") { HelpName = "N:HASH", Description = "An entry of the audit trail that is known to exist; repeatable." };
        var command = new Command("restore", "Put a backup into an empty data folder, once it is verified.") { file, heads };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
                throw new FailureException($"there is no file {path}.");
            var folder = data.Folder(parsed, surroundings);
            var (manifest, verdict) = NodeData.Run(() => NodeRestore.RunAsync(path, folder, NodeData.Heads(parsed.GetValue(heads)), surroundings.Stop));
            surroundings.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Restored into {folder}: {manifest.Files.Count:N0} files of {manifest.MadeAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, each as it was."));
            surroundings.Out.WriteLine(verdict is not null
                ? Shown.OneLine(string.Create(CultureInfo.InvariantCulture, $"The audit trail is whole: {verdict.Entries:N0} entries, the last is {verdict.Head}."))
                : $"The database was on PostgreSQL and is not in it: pg_restore --clean --if-exists --dbname=DATABASE entente.dump, then `entente audit verify --postgres \"CONNECTION\"`. When this backup was made, the trail ended at {manifest.AuditHead}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
