using System.CommandLine;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists</c>: what is installed, and bringing it up to date.</summary>
internal static class ListsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    /// <returns>The command.</returns>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("lists", "The official lists that are installed here.")
        {
            Update(surroundings),
            Status(surroundings),
        };
        command.SetAction(int (_) => throw new UsageException("say what to do with the lists: update or status."));
        return command;
    }

    private static Command Update(Surroundings surroundings)
    {
        var url = new Option<string?>("--url") { HelpName = "URL", Description = "Fetch from this address instead of the publisher's." };
        var accept = new Option<bool>("--accept") { Description = "Put the version that is held back to use, after you have looked at it." };
        var command = new Command("update", "Fetch the current UN list; it is checked before it is used.") { url, accept };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(accept))
                return UpdateLists.Run(Address(parsed.GetValue(url)), surroundings);
            if (parsed.GetValue(url) is not null)
                throw new UsageException("--accept puts to use what was fetched before; --url fetches anew. Give one of them.");
            return UpdateLists.Accept(surroundings);
        });
        return command;
    }

    private static Command Status(Surroundings surroundings)
    {
        var command = new Command("status", "What is installed, and how old it is.");
        command.SetAction(_ => ListStatus.Run(surroundings));
        return command;
    }

    private static Uri? Address(string? url)
    {
        if (url is null)
            return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")
            ? address
            : throw new UsageException($"--url {url}: an address was expected, such as {ListCatalogue.UnitedNations.Address}.");
    }
}
