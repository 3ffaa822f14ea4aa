using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Entente.Node.Holdings;
using Entente.Node.Store;
using Entente.Node.Tests.Access;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Tests.Partners;

/// <summary>Whole nodes under what happens in life: a poor line, a clock that is wrong, a disk that is full.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Over_a_line_that_is_slow_and_cut_and_down_for_a_while_everything_arrives_once_and_is_recalled()
    {
        const int Count = 60;
        var port = Ports.Free();
        await using var line = new PoorLine(port);
        await using var first = await Ally.StartAsync("First", port: port, address: line.Address);
        await using var second = await Ally.StartAsync("Second");
        await second.PairAsync(first, line.Address);
        await first.AgreeAsync(second);

        line.CutOneIn = 25;
        var records = await first.ReleaseNewAsync(second, Count);
        await Until.TrueAsync(async () => await second.HeldAsync() >= Count / 3, 90);
        line.IsDown = true;
        foreach (var record in records)
            await first.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
        Assert.NotEqual(Count, await first.CopiesAsync(CopyState.Complied));
        line.IsDown = false;
        await Until.TrueAsync(async () => await first.CopiesAsync(CopyState.Complied) == Count, 90);
        Assert.Equal(0, await second.HeldAsync());
        Assert.True(line.Cuts > 0, "nothing was cut, and so nothing was shown");
    }

    [Fact]
    public async Task Over_a_line_that_is_slow_and_cut_a_run_of_overlap_finds_the_same_on_both_sides()
    {
        var port = Ports.Free();
        await using var line = new PoorLine(port);
        await using var first = await Ally.StartAsync("First", port: port, address: line.Address);
        await using var second = await Ally.StartAsync("Second");
        await second.PairAsync(first, line.Address);
        await OverlapTests.AgreeOnOverlapAsync(first, second, runs: 3, keys: 20_000);
        foreach (var (ally, names) in new[] { (first, new[] { "معمر النهري", "يوسف الزيتوني", "سميرة وهبي" }), (second, ["Moammar Nahri", "Jean-Luc Moreau"]) })
        {
            foreach (var name in names)
                await ally.RecordAsync(name);
        }
        var id = await OverlapTests.OfferAsync(second, first, "which", "records");
        await first.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });
        line.CutOneIn = 30;
        var runs = await Task.WhenAll(DoneAsync(first, id), DoneAsync(second, id));
        Assert.Equal(runs[0].GetProperty("transcript").GetString(), runs[1].GetProperty("transcript").GetString());
        Assert.All(runs, run => Assert.Equal(1, run.GetProperty("common").GetInt32()));
        Assert.True(line.Cuts > 0, "nothing was cut, and so nothing was shown");

        static async Task<JsonElement> DoneAsync(Ally ally, string id)
        {
            JsonElement run = default;
            await Until.TrueAsync(async () => (run = await ally.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}")).GetProperty("state").GetString() is "done" or "failed", 120);
            Assert.True(run.GetProperty("state").GetString() == "done", run.GetProperty("fault").GetString());
            return run;
        }
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task A_clock_that_is_an_hour_wrong_keeps_nobody_from_exchange_and_recall(int minutes)
    {
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromMinutes(minutes));
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second", clock: clock);
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        // By a clock that is behind, the agreement has not begun: who has it takes what comes, and gives nothing before.
        foreach (var (from, to) in minutes < 0 ? new[] { (first, second) } : [(first, second), (second, first)])
        {
            var record = await from.RecordAsync("Tamim al-Nahri");
            await from.ReleaseAsync(to, record);
            await Until.TrueAsync(async () => await from.CopyStateAsync(record, to) == "stored");
            await from.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
            await Until.TrueAsync(async () => await from.CopyStateAsync(record, to) == "complied" && await to.StateOfAsync(record) == "recalled");
        }
    }

    [Fact]
    public async Task A_node_whose_disk_is_full_takes_nothing_that_it_cannot_keep_and_goes_on_when_there_is_room()
    {
        const int Count = 40;
        using var disk = SmallDisk.Mount(24);
        await using var first = await Ally.StartAsync("First");
        var folder = Directory.CreateDirectory(Path.Combine(disk.Folder, "node")).FullName;
        await using var second = await Ally.StartAsync("Second", dataFolder: folder);
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        // A log that was written back begins anew in the room that it has: without that room nothing more can be kept.
        await Until.TrueAsync(() => GivesItsLogBackAsync(Path.Combine(folder, NodeStore.FileName)));
        disk.Fill();
        await first.ReleaseNewAsync(second, Count);
        // It is told of them, cannot keep them, and says so wherever it is asked to keep anything; it still answers.
        await Until.TrueAsync(async () =>
        {
            disk.Fill();
            return (await second.Analyst.RefusedAsync("/api/records", Draft())).Status == HttpStatusCode.InsufficientStorage;
        });
        Assert.Equal(HttpStatusCode.OK, (await second.Node.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(0, await second.HeldAsync());
        Assert.Equal(0, await first.CopiesAsync(CopyState.Stored));

        disk.MakeRoom();
        await Until.TrueAsync(async () => await first.CopiesAsync(CopyState.Stored) == Count && await second.HeldAsync() == Count, 120);
    }

    private static async Task<bool> GivesItsLogBackAsync(string store)
    {
        await using var connection = new SqliteConnection($"Data Source={store};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        // The first column says whether somebody was in the way.
        return Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture) == 0;
    }

    private static object Draft() => new
    {
        schema = "Person",
        properties = new { name = new[] { "Fictional Person" }, notes = new[] { new string('x', 8000) } },
        marking = new { tlp = "TLP:AMBER", audience = "anyone", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category = "suspect", grade = "B2", expires = DateTimeOffset.UtcNow.AddMonths(6) },
    };

    /// <summary>A disk of some megabytes in memory, where a file system can be mounted.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        private string Filler => Path.Combine(Folder, "filler");

        public static SmallDisk Mount(int megabytes)
        {
            var folder = Directory.CreateTempSubdirectory("entente-small-disk-").FullName;
            if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0)
            {
                Directory.Delete(folder);
                Assert.Skip("skipped: no file system can be mounted here");
            }
            return new SmallDisk(folder);
        }

        /// <summary>Takes up all that is left, also what was given back since the last time.</summary>
        public void Fill()
        {
            using var stream = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            var piece = new byte[4096];
            try
            {
                while (true)
                    stream.Write(piece);
            }
            catch (IOException)
            {
                // It is full.
            }
        }

        public void MakeRoom() => File.Delete(Filler);

        public void Dispose()
        {
            SqliteConnection.ClearAllPools();
            _ = Run("umount", "-l", Folder);
            Directory.Delete(Folder, recursive: true);
        }

        private static int Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }
}
