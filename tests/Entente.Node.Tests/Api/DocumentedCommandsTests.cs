using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;

namespace Entente.Node.Tests.Api;

/// <summary>The commands of <c>docs/api.md</c>, run as they stand there by a shell against a real node.</summary>
public sealed class DocumentedCommandsTests
{
    private static readonly bool IsInCI = Environment.GetEnvironmentVariable("CI") == "true";

    [Fact]
    public async Task Every_command_of_the_document_works_as_it_stands()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/curl") && !IsInCI, "skipped: no curl");
        var folder = Directory.CreateTempSubdirectory("entente-commands-");
        try
        {
            // A list of two versions, so that there is something to compare and to go back to.
            var sample = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml"));
            Install(folder.FullName, sample);
            sample.Root!.Element("INDIVIDUALS")!.Elements().First().Element("INDIVIDUAL_DATE_OF_BIRTH")!.Element("DATE")!.Value = "1971-04-13";
            sample.Root.SetAttributeValue("dateGenerated", "2026-03-05T00:00:00.000Z");
            Install(folder.FullName, sample);
            await using var node = await TestNode.StartAsync(dataFolder: folder.FullName);
            await ApiNode.ReadyAsync(node);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "house.csv"), "id,name,schema\nh-1,Housea Listovsky,Person\nh-2,Houseb Listovsky,Person\n", Http.Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "people.csv"), "id,name,birth_date\n1,Tarek Kadiri,1971\n2,Zzyzx Quxley,1980\n", Http.Cancel);
            var environment = new Dictionary<string, string>
            {
                ["NODE"] = node.Client.BaseAddress!.ToString().TrimEnd('/'),
                ["KEY"] = (await node.ClientForAsync(Role.Analyst)).DefaultRequestHeaders.Authorization!.Parameter!,
                ["ADMIN_KEY"] = (await node.ClientForAsync(Role.Administrator)).DefaultRequestHeaders.Authorization!.Parameter!,
            };

            var ran = 0;
            string? id = null;
            foreach (var command in Commands(await File.ReadAllTextAsync(Document(), Http.Cancel)).Where(command => command.StartsWith("curl ", StringComparison.Ordinal)))
            {
                // The one that asks a publisher.
                if (command.Contains("/un-sc/update", StringComparison.Ordinal))
                    continue;
                var (code, output) = await RunAsync(id is null ? command : command.Replace("/ID", "/" + id, StringComparison.Ordinal), folder.FullName, environment);
                Assert.True(code == 0, $"{command}\nended with {code}: {output}");
                if (command.Contains("/api/bulk?", StringComparison.Ordinal))
                    id = (string?)System.Text.Json.Nodes.JsonNode.Parse(output)!["id"];
                if (command.Contains("/match/", StringComparison.Ordinal) || command.Contains("/search", StringComparison.Ordinal))
                    Assert.Contains("un-XXi.001", output, StringComparison.Ordinal);
                ran++;
            }
            Assert.True(ran >= 15, $"only {ran} commands were found");
            Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "hits.jsonl"), Http.Cancel)).Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The commands of the indented blocks; one goes on in the next line after a backslash, or while a quotation is open.</summary>
    private static IEnumerable<string> Commands(string document)
    {
        var command = new StringBuilder();
        foreach (var line in document.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)))
        {
            command.Append(command.Length > 0 ? "\n" : "").Append(line.AsSpan(4));
            var text = command.ToString();
            if (text.EndsWith('\\') || text.Count(letter => letter == '\'') % 2 == 1)
                continue;
            yield return text;
            command.Clear();
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string command, string folder, Dictionary<string, string> environment)
    {
        // An answer that is an error is a failure of the command.
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("curl() { command curl --fail-with-body --max-time 60 \"$@\"; }\n" + command);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Http.Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Http.Cancel);
        await process.WaitForExitAsync(Http.Cancel);
        return (process.ExitCode, output + await error);
    }

    private static void Install(string folder, XDocument list)
    {
        var path = Path.Combine(folder, "incoming.xml");
        list.Save(path);
        using var http = new HttpClient();
        Assert.IsType<UpdateResult.Updated>(new ListUpdater(new SnapshotStore(folder), http, file => ListSummary.Of(ListReader.Read(file)), TimeProvider.System).Add(ListCatalogue.UnitedNations, path));
        File.Delete(path);
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/api.md"));
}
