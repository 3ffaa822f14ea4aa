using System.CommandLine;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists</c>: what is installed, bringing it up to date, looking at what changed, and going back.</summary>
internal static class ListsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    /// <returns>The command.</returns>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("lists", "The lists that are installed here.")
        {
            Add(surroundings),
            Update(surroundings),
            Status(surroundings),
            Diff(surroundings),
            RollBack(surroundings),
        };
        command.SetAction(int (_) => throw new UsageException("say what to do with the lists: add, update, status, diff or rollback."));
        return command;
    }

    private static Command Add(Surroundings surroundings)
    {
        var what = new Argument<string>("FILE|URL") { Description = "A list on this machine, the https address of one, or opensanctions:NAME." };
        var dataset = new Option<string?>("--dataset") { HelpName = "ID", Description = "What to call it: lower-case letters, digits, hyphens. Default: what the file says." };
        var title = new Option<string?>("--title") { HelpName = "TITLE", Description = "Its name for people." };
        var command = new Command("add", "Install a list from a file, or from an address that is fetched from then on.") { what, dataset, title };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            return AddList.Run(parsed.GetValue(what)!, parsed.GetValue(dataset), parsed.GetValue(title), surroundings);
        });
        return command;
    }

    private static Command Update(Surroundings surroundings)
    {
        var datasets = new Argument<string[]>("DATASET") { Arity = ArgumentArity.ZeroOrMore, Description = "Which lists, such as un-sc. Default: all that are installed, or the UN list." };
        var url = new Option<string?>("--url") { HelpName = "URL", Description = "Fetch the one list from this address instead of the publisher's, this time." };
        var accept = new Option<string?>("--accept") { HelpName = "DATASET", Arity = ArgumentArity.ZeroOrOne, Description = "Put the version that is held back to use, after you have looked at it." };
        var command = new Command("update", "Fetch the current lists; each is checked before it is used.") { datasets, url, accept };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var named = parsed.GetValue(datasets)!;
            if (parsed.GetResult(accept) is null)
                return UpdateLists.Run(named, Address(parsed.GetValue(url)), surroundings);
            if (parsed.GetValue(url) is not null)
                throw new UsageException("--accept puts to use what was fetched before; --url fetches anew. Give one of them.");
            return UpdateLists.Accept(parsed.GetValue(accept) is { } one ? [one, .. named] : named, surroundings);
        });
        return command;
    }

    private static Command Status(Surroundings surroundings)
    {
        var format = Format();
        var command = new Command("status", "What is installed, and how old it is.") { format };
        command.SetAction(parsed => ListStatus.Run(IsJson(parsed.GetValue(format)), surroundings));
        return command;
    }

    private static Command Diff(Surroundings surroundings)
    {
        var what = new Argument<string>("DATASET|OLD_FILE") { Description = "An installed list, or the former of two files." };
        var versions = new Argument<string[]>("OLD NEW") { Arity = new ArgumentArity(0, 2), Description = "Versions: a date, the first digits of a hash, current, previous or held; or the newer file. Default: previous and current." };
        var format = Format();
        var command = new Command("diff", "Who was added, removed and amended between two versions.") { what, versions, format };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            return DiffLists.Run(parsed.GetValue(what)!, parsed.GetValue(versions)!, IsJson(parsed.GetValue(format)), surroundings);
        });
        return command;
    }

    private static Command RollBack(Surroundings surroundings)
    {
        var dataset = new Argument<string>("DATASET") { Description = "Which list, such as un-sc." };
        var version = new Argument<string?>("VERSION") { Arity = ArgumentArity.ZeroOrOne, Description = "A date, or the first digits of a hash. Default: the version before the one in use." };
        var command = new Command("rollback", "Go back to a former version of a list.") { dataset, version };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            return RollBackList.Run(parsed.GetValue(dataset)!, parsed.GetValue(version), surroundings);
        });
        return command;
    }

    private static Option<string?> Format() => new("--format") { HelpName = "table|json", Description = "Output for people or for programs. Default: table." };

    private static bool IsJson(string? format) => format?.ToLowerInvariant() switch
    {
        null or "table" => false,
        "json" or "jsonl" => true,
        _ => throw new UsageException($"--format {format}: table or json was expected."),
    };

    private static Uri? Address(string? url)
    {
        if (url is null)
            return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")
            ? address
            : throw new UsageException($"--url {url}: an address was expected, such as {ListCatalogue.UnitedNations.Address}.");
    }
}
