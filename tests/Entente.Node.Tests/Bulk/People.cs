using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Entente.Node.Tests.Bulk;

/// <summary>Invented people to screen, and what tests do with bulk jobs.</summary>
internal static class People
{
    private static readonly string[] Names = ["Tarek Kadiri", "طارق القادري", "\"KADIRI, Tarek Salman\"", "Nordine Ouchennane", "Гамаль Шауки аль-Буруллуси",
        "ЖЕЛЕЗНЯКОВСКИЙ ГРИГОРИЙ АРКАДЬЕВИЧ", "Maria Fernanda Oliveira", "\"Claire\nDubois-Marchand\"", "", "\"Ivan, never closed"];

    /// <summary>A table with damaged rows, line breaks in cells, three scripts.</summary>
    public static byte[] Csv(int rows, int seed = 20260301)
    {
        var dice = new Random(seed);
        var text = new StringBuilder("id,name,birth_date,nationality\n");
        for (var i = 1; i <= rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{Names[dice.Next(Names.Length)]},{dice.Next(1940, 2005)},{(dice.Next(2) == 0 ? "JO" : "")}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The same as JSON lines.</summary>
    public static byte[] JsonLines(int rows) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, rows).Select(i => $"{{\"id\":{i},\"name\":\"{(i % 3 == 0 ? "Tarek Kadiri" : "Quentin Unrelated")}\"}}\n")));

    /// <summary>Uploads a file.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(this HttpClient client, byte[] content, string name = "people.csv", string? type = null, string more = "")
    {
        using var body = new ByteArrayContent(content);
        if (type is not null)
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await client.PostAsync(new Uri($"/api/bulk?name={Uri.EscapeDataString(name)}{more}", UriKind.Relative), body, TestContext.Current.CancellationToken);
    }

    /// <summary>Uploads a file that is taken.</summary>
    public static async Task<string> BeginAsync(this HttpClient client, byte[] content, string name = "people.csv", string more = "")
    {
        using var answer = await client.UploadAsync(content, name, more: more);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
        Assert.Equal($"/api/bulk/{id}", answer.Headers.Location?.ToString());
        return id;
    }

    /// <summary>The job as the API shows it.</summary>
    public static Task<JsonElement> JobAsync(this HttpClient client, string id) =>
        client.GetFromJsonAsync<JsonElement>(new Uri($"/api/bulk/{id}", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Waits until a job has ended, by its events.</summary>
    public static async Task<JsonElement> EndAsync(this HttpClient client, string id)
    {
        var events = await client.EventsAsync(id);
        Assert.Equal("end", events[^1].Type);
        return events[^1].Data;
    }

    /// <summary>All events of a job, to the end.</summary>
    public static async Task<List<(string Type, long Id, JsonElement Data)>> EventsAsync(this HttpClient client, string id, long? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/bulk/{id}/events", UriKind.Relative));
        if (last is { } number)
            request.Headers.Add("Last-Event-ID", number.ToString(CultureInfo.InvariantCulture));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.NoContent)
            return [];
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var events = new List<(string, long, JsonElement)>();
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add((item.EventType, long.Parse(item.EventId!, CultureInfo.InvariantCulture), JsonDocument.Parse(item.Data).RootElement));
        return events;
    }

    /// <summary>The result of a job.</summary>
    public static Task<byte[]> ResultAsync(this HttpClient client, string id) =>
        client.GetByteArrayAsync(new Uri($"/api/bulk/{id}/result", UriKind.Relative), TestContext.Current.CancellationToken);
}
