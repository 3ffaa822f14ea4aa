using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Access.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Store;

namespace Entente.Cli.Accounts;

/// <summary><c>entente accounts</c>: the way back in for a team whose administrator lost the password.</summary>
internal static class AccountsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("accounts", "The accounts of a node: make a new link for somebody who lost the password.") { Link(surroundings) };
        command.SetAction(int (_) => throw new UsageException("say what to do with the accounts: link."));
        return command;
    }

    private static Command Link(Surroundings surroundings)
    {
        var data = new NodeData();
        var login = new Argument<string>("LOGIN") { Description = "What the person signs in with." };
        var command = new Command("link", "Print a link that works once, by which the owner of an account sets a new password.") { login };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var link = NodeData.Run(async () =>
            {
                var store = data.Open(parsed, surroundings);
                await using var ledger = new Ledger(store, surroundings.Time);
                return await AccountRecovery.LinkAsync(ledger, parsed.GetValue(login)!, Environment.UserName, surroundings.Stop).ConfigureAwait(false);
            });
            if (link.Problem is { } problem)
                throw new FailureException(problem);
            surroundings.Out.WriteLine(Address(data, parsed, surroundings) + link.Link!.Path);
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It works once, until {link.Link.Until:yyyy-MM-dd HH:mm} UTC. The old password works until it is used; that the link was made is in the audit trail."));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Where the node is reached, by its settings.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Address(NodeData data, ParseResult parsed, Surroundings surroundings)
    {
        var settings = ServeSettings.Read(new ServeRequest(data.Named(parsed) ?? surroundings.DataFolder, null, null), surroundings.ProgramFolder, () => DataFolder.Find());
        return BrowserAddress.Of(settings.Options, settings.Urls);
    }
}
