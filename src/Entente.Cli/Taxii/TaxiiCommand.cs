using System.CommandLine;

namespace Entente.Cli.Taxii;

/// <summary><c>entente taxii</c>: what partners' servers offer as STIX, and fetching it.</summary>
internal static class TaxiiCommand
{
    /// <summary>The environment variable with the key; an argument would stand in the list of processes.</summary>
    public const string KeyVariable = "ENTENTE_TAXII_KEY";

    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("taxii", "STIX collections of other servers, by TAXII 2.1.") { Collections(surroundings), Fetch(surroundings) };
        command.SetAction(int (_) => throw new UsageException("say what to do: collections or fetch."));
        return command;
    }

    private static Command Collections(Surroundings surroundings)
    {
        var url = Url();
        var format = new Option<string?>("--format") { HelpName = "table|json", Description = "Output for people or for programs. Default: table." };
        var command = new Command("collections", "What a server offers.") { url, format };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var json = Choose(parsed.GetValue(format), "table", "json") == "json";
            return ServerCollections.List(Address(parsed.GetValue(url)!), json, surroundings);
        });
        return command;
    }

    private static Command Fetch(Surroundings surroundings)
    {
        var url = Url();
        var collection = new Option<string>("--collection") { HelpName = "ID", Required = true, Description = "Which one, as `entente taxii collections` shows it." };
        var output = new Option<string>("--output") { HelpName = "FILE", Required = true, Description = "Where it goes. A file that is there is replaced when all has come." };
        var after = new Option<string?>("--added-after") { HelpName = "TIME", Description = "Only what was added later, such as 2026-03-01T09:00:00Z: the time that the fetch before told." };
        var format = new Option<string?>("--format") { HelpName = "ftm|stix", Description = "FollowTheMoney JSON lines to screen against, or a STIX bundle of all that came. Default: ftm." };
        var command = new Command("fetch", "Fetch a collection into a file.") { url, collection, output, after, format };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            return FetchCollection.Run(
                Address(parsed.GetValue(url)!), parsed.GetValue(collection)!, Time(parsed.GetValue(after)), parsed.GetValue(output)!, Choose(parsed.GetValue(format), "ftm", "stix") == "stix", surroundings);
        });
        return command;
    }

    private static Argument<string> Url() => new("URL") { Description = "The server's discovery address, such as https://node.example.org/taxii2/." };

    private static Uri Address(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        ? address
        : throw new UsageException($"'{url}': an address was expected, such as https://node.example.org/taxii2/.");

    private static DateTimeOffset? Time(string? time)
    {
        if (time is null)
            return null;
        return Exchange.Stix.StixTime.TryParse(time, out var read) ? read : throw new UsageException($"--added-after {time}: a time in UTC was expected, such as 2026-03-01T09:00:00Z.");
    }

    private static string Choose(string? given, string usual, string other) => given?.ToLowerInvariant() is not { } format ? usual
        : format == usual || format == other ? format
        : throw new UsageException($"--format {given}: {usual} or {other} was expected.");
}
