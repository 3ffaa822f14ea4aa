using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Lists.Tests.Snapshots;

namespace Entente.Cli.Tests;

/// <summary>
/// The built command as a process, killed without a warning in the middle of an update: whatever the moment, there is
/// a whole list to screen against, and the next update goes through.
/// </summary>
public sealed class KilledUpdateTests : IDisposable
{
    private const string Dataset = "un-sc";

    /// <summary>Enough that it comes in many pieces, and that it takes a while to read.</summary>
    private const int Entities = 4_000;

    private const int Piece = 16 * 1024;

    private readonly Cli _cli = new();
    private readonly SnapshotStore _store;

    public KilledUpdateTests() => _store = new SnapshotStore(_cli.PathOf("data"));

    public void Dispose() => _cli.Dispose();

    private static string List(string version)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Entities; i++)
            text.Append(CultureInfo.InvariantCulture, $$$"""{"id":"x-{{{i}}}","schema":"Person","datasets":["x"],"target":true,"properties":{"name":["Zubayr {{{version}}} Al-Fictivi {{{i}}}"],"birthDate":["1970-02-01"]}}""").Append('\n');
        return text.ToString();
    }

    private Process Update(Uri address)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "lists", "update", "--url", address.AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ENTENTE_DATA_DIR"] = _cli.PathOf("data");
        return Process.Start(start)!;
    }

    /// <summary>What the store holds, which changes with every step of an update; not how far a file has come in.</summary>
    private string Contents()
    {
        try
        {
            var folder = new DirectoryInfo(Path.Combine(_store.Folder, Dataset));
            return string.Join('\n', folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(entry => entry.FullName.Contains("incoming-", StringComparison.Ordinal) ? entry.FullName : $"{entry.FullName} {entry.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid().ToString(); // it changed under our eyes
        }
    }

    [Fact]
    public void Killed_at_any_moment_it_leaves_a_whole_version_and_the_next_update_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the moments are those of a Unix kill");
        const int seed = 20260302;
        var random = new Random(seed);
        string[] lists = [List("One"), List("Two")];
        var served = 0;
        Process? victim = null;
        var killAtByte = int.MaxValue;
        using var allSent = new ManualResetEventSlim();
        using var server = new LoopbackServer(async request =>
        {
            var list = lists[served]; // ASCII: a character is a byte
            await request.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {list.Length.ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n");
            for (var at = 0; at < list.Length; at += Piece)
            {
                if (at + Piece > killAtByte)
                {
                    victim!.Kill();
                    return;
                }
                await request.SendAsync(list.Substring(at, Math.Min(Piece, list.Length - at)));
                await Task.Yield();
            }
            allSent.Set();
        });
        string[] hashes = [InProcess(), InProcess()];
        Assert.NotEqual(hashes[0], hashes[1]);

        var killed = 0;
        var taken = 0;
        for (var round = 0; round < 15; round++)
        {
            allSent.Reset();
            killAtByte = round % 3 == 0 ? random.Next(lists[served].Length) : int.MaxValue;
            var before = Contents();
            using (victim = Update(server.Address))
            {
                if (round % 3 == 1)
                    Watch(victim, before, random.Next(1, 8)); // at a step that shows on the disk
                else if (round % 3 == 2)
                    Wait(victim, allSent, random.Next(0, 400)); // while it reads what it fetched, puts it to use, or ends
                victim.WaitForExit();
                killed += victim.ExitCode == 0 ? 0 : 1;
            }

            var current = Assert.IsType<Snapshot>(_store.Current(Dataset));
            Assert.Contains(current.Manifest.Sha256, hashes);
            current.Verify();
            Assert.Equal(Entities, ListReader.Read(current.Path).Entities.Length);
            taken += current.Manifest.Sha256 == hashes[served] ? 1 : 0;

            killAtByte = int.MaxValue;
            Assert.Equal(hashes[served], InProcess());
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_store.Folder, Dataset), "incoming-*"));
        }
        TestContext.Current.SendDiagnosticMessage($"{killed} of 15 were killed before their end; {taken} had put the new version to use.");
        Assert.True(killed >= 8, $"only {killed} of 15 were killed before their end");

        // The next update, which puts what is served to use; then the other version is served.
        string InProcess()
        {
            var update = _cli.Run("lists", "update", "--url", server.Address.AbsoluteUri);
            Assert.True(update.Code == 0, update.Error);
            served = 1 - served;
            return _store.Current(Dataset)!.Manifest.Sha256;
        }
    }

    /// <summary>Kills the process when the store has changed so many times.</summary>
    private void Watch(Process victim, string contents, int changes)
    {
        while (changes > 0 && !victim.HasExited)
        {
            var now = Contents();
            if (now == contents)
                continue;
            contents = now;
            changes--;
        }
        victim.Kill();
    }

    /// <summary>Kills the process some time after the whole list was sent.</summary>
    private static void Wait(Process victim, ManualResetEventSlim allSent, int milliseconds)
    {
        SpinWait.SpinUntil(() => allSent.IsSet || victim.HasExited);
        var clock = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => victim.HasExited || clock.ElapsedMilliseconds >= milliseconds);
        victim.Kill();
    }
}
