using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Lists;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Review;

/// <summary>A node with an invented list that tests change.</summary>
internal sealed class ReviewNode : IAsyncDisposable
{
    public const string Dataset = "test-list";

    private readonly DirectoryInfo _folder;
    private int _version;

    private ReviewNode(DirectoryInfo folder) => _folder = folder;

    public TestNode Node { get; private set; } = null!;

    public string Folder => _folder.FullName;

    public IServiceProvider Services => Node.Services;

    public ListsInUse Lists => Services.GetRequiredService<ListsInUse>();

    public BookMonitor Monitor => Services.GetRequiredService<BookMonitor>();

    public NodeDb Open() => Node.Store.Open();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ReviewNode> StartAsync(string store, IEnumerable<string>? listed = null, Action<WebApplicationBuilder>? configure = null)
    {
        var review = new ReviewNode(Directory.CreateTempSubdirectory("entente-review-"));
        review.Install(listed ?? [Listed.Person("t-1", "Zubair Qasmiran Telmani")]);
        review.Node = await TestNode.StartAsync(store, configure: configure, dataFolder: review.Folder);
        await review.Lists.RefreshAsync(Cancel);
        return review;
    }

    /// <summary>Installs another version of the list. A crowd of others is on it, so that one less is no collapse.</summary>
    public void Install(IEnumerable<string> listed)
    {
        var path = Path.Combine(Folder, $"incoming-{++_version}.jsonl");
        File.WriteAllLines(path, listed.Concat(Enumerable.Range(0, 40).Select(i => Listed.Person($"crowd-{i}", $"Crowd{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}ov Besidesson"))).Append(Listed.Person("version", $"Versionus Numberman{_version}")));
        using var http = new HttpClient();
        var updater = new ListUpdater(new SnapshotStore(Folder), http, file => ListSummary.Of(ListReader.Read(file)), TimeProvider.System);
        var result = updater.Add(new ListSource(Dataset, "Test list", null, null, null), path);
        if (result is not UpdateResult.Updated)
            updater.AcceptHeld(Dataset);
        File.Delete(path);
    }

    /// <summary>Puts another version of the list to use, and waits until the book is screened against it.</summary>
    public async Task<MonitorRun?> ChangeAsync(params string[] listed)
    {
        Install(listed);
        await Lists.RefreshAsync(Cancel);
        return await UpToDateAsync();
    }

    /// <summary>Waits until the book is screened against the lists in use; the last run.</summary>
    public async Task<MonitorRun?> UpToDateAsync()
    {
        await Monitor.BringUpToDateAsync(Cancel);
        return await Monitor.RunsAsync(1, Cancel) is [var run, ..] ? run : null;
    }

    /// <summary>Ends the node, does something, and starts another on the same data.</summary>
    public Task RestartAsync(Action meanwhile) => RestartAsync(() =>
    {
        meanwhile();
        return Task.CompletedTask;
    });

    /// <summary>As the other.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        var postgres = Node.Options.Postgres;
        await Node.DisposeAsync();
        await meanwhile();
        // On the database of before.
        Node = await TestNode.StartAsync(Stores.Sqlite, options => options with { Postgres = postgres }, dataFolder: Folder);
        await Lists.RefreshAsync(Cancel);
    }

    public Task SetAsync<T>(SettingDefinition<T> setting, T value) =>
        Services.GetRequiredService<SettingsService>().SetAsync(Actor.System("test"), setting.Name, JsonSerializer.SerializeToElement(value, NodeJson.Options), Cancel);

    /// <summary>Screens one by the API and gives the answer.</summary>
    public static async Task<JsonNode> ScreenAsync(HttpClient client, string name, string? birthDate = null, string? reference = null, string? nationality = null)
    {
        var properties = new JsonObject { ["name"] = new JsonArray(name) };
        if (birthDate is not null)
            properties["birthDate"] = new JsonArray(birthDate);
        if (nationality is not null)
            properties["nationality"] = new JsonArray(nationality);
        var answer = await PostAsync(client, "/api/screenings", new JsonObject { ["queries"] = new JsonObject { ["q"] = new JsonObject { ["schema"] = "Person", ["properties"] = properties, ["subject"] = reference } } });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body!["answers"]!["q"]!;
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(HttpClient client, string path, JsonNode body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancel);
        return (response.StatusCode, await ReadAsync(response));
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> PutAsync(HttpClient client, string path, JsonNode body)
    {
        using var response = await client.PutAsJsonAsync(path, body, Cancel);
        return (response.StatusCode, await ReadAsync(response));
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return (response.StatusCode, await ReadAsync(response));
    }

    public static Task<(HttpStatusCode Status, JsonNode? Body)> DecideAsync(HttpClient client, string alert, int revision, string verdict = "falseMatch", string reason = "Another person: born elsewhere.") =>
        PostAsync(client, $"/api/alerts/{alert}/decisions", new JsonObject { ["revision"] = revision, ["verdict"] = verdict, ["reason"] = reason });

    public static Task<(HttpStatusCode Status, JsonNode? Body)> PutSubjectAsync(HttpClient client, string reference, string name, string? birthDate = null)
    {
        var properties = new JsonObject { ["name"] = new JsonArray(name) };
        if (birthDate is not null)
            properties["birthDate"] = new JsonArray(birthDate);
        return PutAsync(client, $"/api/subjects/{Uri.EscapeDataString(reference)}", new JsonObject { ["schema"] = "Person", ["properties"] = properties });
    }

    public async Task<Alert> OnlyAlertAsync()
    {
        await using var db = Open();
        return await db.Alerts.AsNoTracking().SingleAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}

/// <summary>Invented entries of a list, as FtM JSON.</summary>
internal static class Listed
{
    public static string Person(string id, string name, params (string Property, string Value)[] facts)
    {
        var properties = new JsonObject { ["name"] = new JsonArray(name), ["topics"] = new JsonArray("sanction") };
        foreach (var (property, value) in facts)
        {
            if (properties[property] is JsonArray known)
                known.Add(value);
            else
                properties[property] = new JsonArray(value);
        }
        return new JsonObject { ["id"] = id, ["schema"] = "Person", ["datasets"] = new JsonArray(ReviewNode.Dataset), ["target"] = true, ["properties"] = properties }.ToJsonString();
    }
}
