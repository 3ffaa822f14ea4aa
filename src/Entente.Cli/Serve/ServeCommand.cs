using System.CommandLine;
using System.Runtime.CompilerServices;
using Entente.Lists.Snapshots;
using Entente.Node.Hosting;

namespace Entente.Cli.Serve;

/// <summary><c>entente serve</c>: the node, until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, clock, signals.</param>
    public static Command Create(Surroundings surroundings)
    {
        var data = new NodeData();
        var urls = new Option<string?>("--urls") { HelpName = "URL", Description = "Where to listen; several separated by ';'. Default: http://127.0.0.1:8080, which only this machine reaches." };
        var partners = new Option<string?>("--partners") { HelpName = "URL", Description = "Where partners' nodes reach this one, such as https://0.0.0.0:8444. Without it there is no port for them." };
        var command = new Command("serve", "Start a node: pages for people, an API for programs, a record of all that was screened and decided.") { urls, partners };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            // Nothing of the web host is touched by the other commands: they would start later for it.
            return Run(new Request(data.Named(parsed) ?? surroundings.DataFolder, data.Postgres(parsed, surroundings), parsed.GetValue(urls), parsed.GetValue(partners)), surroundings);
        });
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(Request request, Surroundings surroundings)
    {
        var settings = ServeSettings.Read(new ServeRequest(request.DataFolder, request.Postgres, request.Urls, request.Partners), surroundings.ProgramFolder, () => DataFolder.Find());
        settings = settings with { Options = settings.Options with { Output = TextWriter.Synchronized(surroundings.Out) } };
        NodeServer.RunAsync(settings, surroundings.Time, surroundings.Stop).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private sealed record Request(string? DataFolder, string? Postgres, string? Urls, string? Partners);
}
