using System.Net.Http.Headers;
using Entente.Node.Access;
using Entente.Node.Tests.Store;
using Entente.Screening;

namespace Entente.Node.Tests.Bulk;

/// <summary>A node in a process of its own, killed in the midst of a bulk job, again and again.</summary>
public sealed class KilledBulkTests
{
    private const int Rows = 40_000, Kills = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Killed_in_the_midst_of_a_job_it_goes_on_and_ends_with_the_bytes_of_an_undisturbed_one(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("entente-bulk-kill-");
        var postgres = kind == Stores.Postgres ? Stores.NewPostgresDatabase() : null;
        var dice = new Random(20261125);
        try
        {
            var file = People.Csv(Rows);
            byte[] whole;
            AuthenticationHeaderValue key;
            await using (var node = await TestNode.StartAsync(options: options => options with { Postgres = postgres, DataFolder = folder.FullName }, dataFolder: folder.FullName))
            {
                key = (await node.ClientForAsync(Role.Analyst)).DefaultRequestHeaders.Authorization!;
                whole = await BulkTests.DirectlyAsync(node, file, MatchPolicy.Default);
            }

            string? id = null;
            for (var kill = 0; kill < Kills; kill++)
            {
                using var victim = await Victim.StartAsync(folder.FullName, postgres, Cancel);
                using var client = ClientOf(victim, key);
                id ??= await client.BeginAsync(file);
                var (part, done) = (new FileInfo(PathOf(id) + ".part"), new FileInfo(PathOf(id)));
                var enough = whole.Length * ((kill * 100L) + dice.Next(20, 95)) / (100 * (Kills + 1));
                await BulkTests.UntilAsync(() =>
                {
                    part.Refresh();
                    done.Refresh();
                    return done.Exists || (part.Exists && part.Length >= enough);
                });
                victim.Kill();
                done.Refresh();
                Assert.False(done.Exists, "the job was over before the node was killed");
            }
            await File.AppendAllTextAsync(PathOf(id!) + ".part", "{\"row\":", Cancel); // as a write that was torn

            using var last = await Victim.StartAsync(folder.FullName, postgres, Cancel);
            using var owner = ClientOf(last, key);
            var end = await owner.EndAsync(id!);
            Assert.Equal(("done", Rows), (end.GetProperty("state").GetString(), end.GetProperty("rows").GetInt32()));
            var result = await owner.ResultAsync(id!);
            Assert.True(whole.AsSpan().SequenceEqual(result), "the result differs");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        string PathOf(string job) => Path.Combine(folder.FullName, "bulk", job, "result.jsonl");
    }

    private static HttpClient ClientOf(Victim victim, AuthenticationHeaderValue key)
    {
        var client = new HttpClient { BaseAddress = victim.Address };
        client.DefaultRequestHeaders.Authorization = key;
        return client;
    }
}
