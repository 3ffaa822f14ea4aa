using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Entente.Bench;
using Entente.Exchange.Taxii;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Taxii;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Taxii;

/// <summary>Fills a collection, reads pages of it, and takes the time.</summary>
internal sealed class TaxiiMeasurement(int objects, int pages, string? postgres, string? keptFolder)
{
    private const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116", Objects = $"/taxii2/api1/collections/{Collection}/objects/";

    private const int OnPage = 1000;

    private static readonly Actor Bench = Actor.System("bench");

    /// <returns>The median of a page over HTTP in milliseconds.</returns>
    public async Task<double> RunAsync(CancellationToken cancel)
    {
        var folder = keptFolder is null ? Directory.CreateTempSubdirectory("entente-taxii-").FullName : Directory.CreateDirectory(keptFolder).FullName;
        try
        {
            var app = NodeHost.Build(new NodeOptions { DataFolder = folder, SampleList = RealData.OwnSample(), Postgres = postgres }, builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.ClearProviders();
            });
            await using var stopped = app.ConfigureAwait(false);
            await app.StartAsync(cancel).ConfigureAwait(false);
            var median = await RunAsync(app, cancel).ConfigureAwait(false);
            await app.StopAsync(cancel).ConfigureAwait(false);
            return median;
        }
        finally
        {
            if (keptFolder is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<double> RunAsync(WebApplication app, CancellationToken cancel)
    {
        var store = app.Services.GetRequiredService<NodeStore>();
        var publisher = app.Services.GetRequiredService<TaxiiPublisher>();
        await publisher.SetAsync(Bench, Collection, new TaxiiCollectionRequest("Bench"), cancel).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        await new MadeUpCollection(store, Collection, objects).FillAsync(cancel).ConfigureAwait(false);
        Console.WriteLine(FormattableString.Invariant($"{objects:N0} objects on {(store.IsPostgres ? "PostgreSQL" : "SQLite")}, filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"));
        var (account, key) = await MemberAsync(app, cancel).ConfigureAwait(false);
        await publisher.GrantAsync(Bench, Collection, account, MadeUpCollection.Reader, cancel).ConfigureAwait(false);
        using var client = TaxiiClient.NewHttpClient(key);
        client.BaseAddress = new Uri(app.Urls.First());

        long first;
        await using (var db = store.Open())
            first = await db.TaxiiObjects.MinAsync(item => item.Added, cancel).ConfigureAwait(false);
        // Anywhere in the collection, the same each time.
        var places = Enumerable.Range(0, pages).Select(number => first + (long)((ulong)(number * 2_654_435_761L) % (ulong)Math.Max(1, objects - (2 * OnPage)))).ToList();
        string After(int page) => $"added_after={TaxiiStore.Time(places[page]).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}";

        var collections = app.Services.GetRequiredService<ITaxiiCollections>();
        var table = new TextTable("a page of 1,000 objects", "median ms", "p95", "p99", "max", "processor ms", "MiB");
        Add(table, "in the store, anywhere", await TimeAsync(async page =>
        {
            var read = await collections.ReadAsync(new TaxiiReader(account), Collection, new TaxiiQuery(TaxiiFilter.Everything with { AddedAfter = TaxiiStore.Time(places[page]) }, 0, OnPage, true), cancel).ConfigureAwait(false);
            return Full(read!.Items.Length); // the account is a reader
        }).ConfigureAwait(false));
        var anywhere = await TimeAsync(page => GetAsync(client, $"{Objects}?{After(page)}", cancel)).ConfigureAwait(false);
        Add(table, "over HTTP, anywhere", anywhere);
        Add(table, "over HTTP, of one type", await TimeAsync(page => GetAsync(client, $"{Objects}?match[type]=identity&{After(page)}", cancel)).ConfigureAwait(false));
        Add(table, "over HTTP, all versions", await TimeAsync(page => GetAsync(client, $"{Objects}?match[version]=all&{After(page)}", cancel)).ConfigureAwait(false));
        Add(table, "over HTTP, manifest", await TimeAsync(page => GetAsync(client, $"/taxii2/api1/collections/{Collection}/manifest/?{After(page)}", cancel)).ConfigureAwait(false));
        var next = "";
        Add(table, "over HTTP, one after another by next", await TimeAsync(async _ =>
        {
            var bytes = await client.GetByteArrayAsync($"{Objects}{next}", cancel).ConfigureAwait(false);
            using var envelope = JsonDocument.Parse(bytes);
            next = $"?next={envelope.RootElement.GetProperty("next").GetString()}";
            Full(envelope.RootElement.GetProperty("objects").GetArrayLength());
            return bytes.Length;
        }).ConfigureAwait(false));
        table.Print(Console.Out);
        return anywhere.Times.Median;
    }

    private static async Task<long> GetAsync(HttpClient client, string address, CancellationToken cancel)
    {
        var bytes = await client.GetByteArrayAsync(address, cancel).ConfigureAwait(false);
        return bytes.Length;
    }

    private static long Full(int count) => count == OnPage ? 0 : throw new InvalidOperationException($"{count} objects on a page: make the collection larger.");

    /// <summary>Times calls one after another, and the work of all of this process, which others on the machine do not change.</summary>
    private async Task<(Latencies Times, double Processor, long Bytes)> TimeAsync(Func<int, Task<long>> call)
    {
        // The first few make code and caches warm.
        for (var page = 0; page < Math.Min(10, pages); page++)
            await call(page).ConfigureAwait(false);
        var times = new double[pages];
        long bytes = 0;
        var before = Environment.CpuUsage.TotalTime;
        for (var page = 0; page < pages; page++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = await call(page).ConfigureAwait(false);
            times[page] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return (new Latencies(times), (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / pages, bytes);
    }

    private static void Add(TextTable table, string what, (Latencies Times, double Processor, long Bytes) measured) => table.Add(what,
    [
        .. new[] { measured.Times.Median, measured.Times.P95, measured.Times.P99, measured.Times.Max, measured.Processor }.Select(each => each.ToString("N1", CultureInfo.InvariantCulture)),
        (measured.Bytes / 1048576.0).ToString("N2", CultureInfo.InvariantCulture),
    ]);

    private static async Task<(string Account, string Key)> MemberAsync(WebApplication app, CancellationToken cancel)
    {
        var made = await app.Services.GetRequiredService<Ledger>().ActAsync(Bench, act =>
        {
            var id = NodeId.New(act.At);
            var secret = KeyText.NewSecret();
            var key = new ApiKey { Id = NodeId.New(act.At), AccountId = id, Name = "bench", SecretHash = KeyText.HashOf(secret), Scopes = nameof(Right.ReadTaxii), CreatedAt = act.At, ExpiresAt = act.At.AddDays(1) };
            act.Db.Accounts.Add(new Account { Id = id, Login = $"bench-{id}", DisplayName = "Bench", RoleNames = nameof(Role.Liaison), SecurityStamp = NodeId.New(act.At), CreatedAt = act.At });
            act.Db.ApiKeys.Add(key);
            return Task.FromResult((id, KeyText.Of(key.Id, secret)));
        }, cancel).ConfigureAwait(false);
        app.Services.GetRequiredService<AccessDirectory>().Changed();
        return made;
    }
}
