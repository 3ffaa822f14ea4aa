using System.Text;
using System.Text.Json;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Tests.Store;

namespace Entente.Node.Tests.Api;

/// <summary>A node with three small lists of invented people, and clients of it; shared by the tests of a class.</summary>
public sealed class ApiNode : IAsyncLifetime
{
    private const string First = """
        {"id":"al-1","caption":"Rustam Obraztsovsky","schema":"Person","properties":{"name":["Rustam Obraztsovsky","Рустам Образцовский"],"birthDate":["1969-04-02"],"nationality":["ru"],"passportNumber":["QZ 774411"],"topics":["sanction"],"addressEntity":["al-addr"]},"datasets":["alpha"],"first_seen":"2024-01-05","last_seen":"2026-02-01T10:00:00","last_change":"2025-06-01T00:00:00","target":true}
        {"id":"al-addr","caption":"4 Invented Lane, Moscow","schema":"Address","properties":{"full":["4 Invented Lane, Moscow"],"country":["ru"]},"datasets":["alpha"],"target":false}
        {"id":"al-sanction","caption":"Sanction","schema":"Sanction","properties":{"entity":["al-1"],"authority":["Invented Council"],"program":["INV-1"]},"datasets":["alpha"],"target":false}
        {"id":"al-own","caption":"Ownership","schema":"Ownership","properties":{"owner":["al-1"],"asset":["al-2"]},"datasets":["alpha"],"target":false}
        {"id":"al-2","caption":"Obraztsovsky Ferrous Holdings","schema":"Company","properties":{"name":["Obraztsovsky Ferrous Holdings"],"jurisdiction":["cy"],"registrationNumber":["HE 991100"]},"datasets":["alpha"],"last_change":"2024-02-01T00:00:00","target":true}
        {"id":"al-3","caption":"Gulf Pelican","schema":"Vessel","properties":{"name":["Gulf Pelican"],"imoNumber":["9074729"],"flag":["pa"]},"datasets":["alpha"],"target":true}
        """;

    private const string Second = """
        {"id":"be-7","caption":"OBRAZTSOVSKY Rustam","schema":"Person","properties":{"name":["OBRAZTSOVSKY Rustam"],"alias":["Rustam the Invented"],"birthDate":["1969-04-02"],"nationality":["ru"],"passportNumber":["QZ774411"],"topics":["wanted"]},"datasets":["beta"],"target":true}
        {"id":"be-8","caption":"Zubayr Kallitsounakis","schema":"Person","properties":{"name":["Zubayr Kallitsounakis"],"birthDate":["1980"],"gender":["male"]},"datasets":["beta"],"target":true}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-api-");
    private TestNode? _node;

    internal TestNode Node => _node!;

    /// <summary>Screens.</summary>
    public HttpClient Analyst { get; private set; } = null!;

    /// <summary>Keeps lists.</summary>
    public HttpClient Administrator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Install(_folder.FullName, "alpha", First);
        Install(_folder.FullName, "beta", Second);
        Install(_folder.FullName, "gamma", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml")), ".xml");
        _node = await TestNode.StartAsync(Stores.Sqlite, dataFolder: _folder.FullName);
        Analyst = await Node.ClientForAsync(Role.Analyst);
        Administrator = await Node.ClientForAsync(Role.Administrator);
        await ReadyAsync(Node);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Installs a list, as the command line does.</summary>
    internal static void Install(string dataFolder, string dataset, string content, string ending = ".json")
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("entente-list-").FullName, dataset + ending);
        File.WriteAllText(file, content);
        using var http = ListUpdater.NewHttpClient();
        var result = new ListUpdater(new SnapshotStore(dataFolder), http, path => ListSummary.Of(ListReader.Read(path)), TimeProvider.System)
            .Add(new ListSource(dataset, $"Invented list {dataset}", "Nobody", null, null), file);
        Assert.IsType<UpdateResult.Updated>(result);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>Waits until the lists are in use.</summary>
    internal static async Task ReadyAsync(TestNode node)
    {
        while (!(await node.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).IsSuccessStatusCode)
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}

/// <summary>Requests and answers in few words.</summary>
internal static class Http
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Cancel);
        return await response.JsonAsync(200);
    }

    public static async Task<JsonElement> PostJsonAsync(this HttpClient client, string address, [System.Diagnostics.CodeAnalysis.StringSyntax("json")] string body, int status = 200)
    {
        using var response = await client.PostAsync(address, new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        return await response.JsonAsync(status);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>The detail of an answer that must be a problem.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, int status)
    {
        var problem = await response.JsonAsync(status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem.GetProperty("detail").GetString()!;
    }

    public static string[] Texts(this JsonElement element, params string[] path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return [.. element.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetProperty("id").GetString()!)];
    }
}
