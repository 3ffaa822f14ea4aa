using System.CommandLine;
using Entente.Lists.Snapshots;
using Entente.Node.Audit;
using Entente.Node.Store;

namespace Entente.Cli;

/// <summary>Where a node keeps its data: the options of the commands that look into it.</summary>
internal sealed class NodeData
{
    /// <summary>The setting that names the database, also for <c>entente serve</c>.</summary>
    public const string PostgresVariable = "ENTENTE__POSTGRES";

    private readonly Option<string?> _data = new("--data", "--data-dir") { HelpName = "DIR", Description = "The node's data folder. Default: ENTENTE_DATA_DIR, else the user's data folder." };
    private readonly Option<string?> _postgres = new("--postgres") { HelpName = "CONN", Description = $"The node's database, where it is not in the data folder: a connection string. Default: {PostgresVariable}." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_postgres);
    }

    /// <summary>The data folder that a command line names; null where it names none.</summary>
    public string? Named(ParseResult parsed) => parsed.GetValue(_data);

    /// <summary>The data folder that a command line means.</summary>
    public string Folder(ParseResult parsed, Surroundings surroundings) => Path.GetFullPath(parsed.GetValue(_data) ?? surroundings.DataFolder ?? DataFolder.Find());

    /// <summary>The PostgreSQL database that a command line means; null for SQLite in the data folder.</summary>
    public string? Postgres(ParseResult parsed, Surroundings surroundings) => parsed.GetValue(_postgres) ?? surroundings.Postgres;

    /// <summary>Whether the command line itself names a folder or a database.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_data) is not null || parsed.GetValue(_postgres) is not null;

    /// <summary>Opens the store that a command line means.</summary>
    /// <exception cref="FailureException">There is none.</exception>
    public NodeStore Open(ParseResult parsed, Surroundings surroundings)
    {
        if (Postgres(parsed, surroundings) is { } postgres)
            return NodeStore.OnPostgres(postgres);
        var folder = Folder(parsed, surroundings);
        return File.Exists(Path.Combine(folder, NodeStore.FileName))
            ? NodeStore.InFolder(folder)
            : throw new FailureException($"there is no node's database in {folder}. Name its data folder with --data, or its PostgreSQL database with --postgres.");
    }

    /// <summary>Reads heads of the trail.</summary>
    /// <param name="texts">Each <c>NUMBER:HASH</c>.</param>
    /// <exception cref="UsageException">One is none.</exception>
    public static IReadOnlyList<AuditHead> Heads(IEnumerable<string>? texts) => [.. (texts ?? []).Select(text => AuditHead.TryParse(text)
        ?? throw new UsageException($"--head {text}: NUMBER:HASH was expected, as the node writes it into its log; the hash has 64 hexadecimal digits."))];

    /// <summary>Runs work to its end; what the database says of a fault becomes a message.</summary>
    public static T Run<T>(Func<Task<T>> work)
    {
        try
        {
            return work().GetAwaiter().GetResult();
        }
        catch (InvalidDataException fault)
        {
            throw new FailureException(fault.Message);
        }
        catch (System.Data.Common.DbException fault)
        {
            throw new FailureException($"the database cannot be read: {fault.Message}");
        }
    }
}
