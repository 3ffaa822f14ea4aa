using System.CommandLine;
using System.CommandLine.Invocation;
using Entente.Cli.Accounts;
using Entente.Cli.Audit;
using Entente.Cli.Backup;
using Entente.Cli.Compare;
using Entente.Cli.Lists;
using Entente.Cli.Screen;
using Entente.Cli.Serve;
using Entente.Cli.Taxii;
using Entente.Desk;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records.Json;

namespace Entente.Cli;

/// <summary>The <c>entente</c> command: its parts, and the one place where failures become messages and exit codes.</summary>
internal static class EntenteCommand
{
    /// <summary>Runs one command line to its end. Throws nothing: every failure is a line on stderr and an exit code.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Surroundings surroundings)
    {
        try
        {
            var code = Invoke(args, surroundings);
            surroundings.Out.Flush();
            return code;
        }
        catch (UsageException e)
        {
            return Say(surroundings, e.Message, ExitCodes.BadUsage);
        }
        catch (OperationCanceledException) when (surroundings.Stop.IsCancellationRequested)
        {
            return Say(surroundings, "stopped before the end; no result was written.", ExitCodes.Failed);
        }
        catch (Exception e) when (e is FailureException or DeskException or ListFormatException or RecordFormatException or SnapshotException or IOException or UnauthorizedAccessException)
        {
            return Say(surroundings, e.Message, ExitCodes.Failed);
        }
#pragma warning disable CA1031 // The last stop before a stack trace on a user's screen.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Say(surroundings, $"a fault of this program, not of yours: {e.GetType().Name}: {e.Message} Please report it with the command you ran.", ExitCodes.Failed);
        }
    }

    private static int Invoke(IReadOnlyList<string> args, Surroundings surroundings)
    {
        // A name may begin with '@', and a one-letter option is not a bundle.
        var parsing = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        var parsed = Build(surroundings).Parse(args, parsing);
        if (parsed.Action is ParseErrorAction)
            throw new UsageException(UsageHints.Explain(parsed));
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
        });
    }

    private static RootCommand Build(Surroundings surroundings)
    {
        var root = new RootCommand("Screens people, organisations and vessels against official sanctions and counter-terrorism lists, in Arabic, Cyrillic and Latin script alike, and explains every score.")
        {
            ScreenCommand.Create(surroundings),
            CompareCommand.Create(surroundings),
            ListsCommand.Create(surroundings),
            ServeCommand.Create(surroundings),
            AccountsCommand.Create(surroundings),
            TaxiiCommand.Create(surroundings),
            AuditCommand.Create(surroundings),
            BackupCommand.CreateBackup(surroundings),
            BackupCommand.CreateRestore(surroundings),
        };
        root.SetAction(int (_) => throw new UsageException("say what to do: screen, compare, lists, serve, accounts, taxii, audit, backup or restore. `entente --help` shows examples."));
        HelpText.Install(root);
        return root;
    }

    private static int Say(Surroundings surroundings, string message, int code)
    {
        surroundings.Out.Flush();
        surroundings.Error.WriteLine($"entente: {Output.Shown.OneLine(message)}");
        return code;
    }
}
