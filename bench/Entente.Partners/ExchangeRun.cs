using System.Diagnostics;
using System.Globalization;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodeId = Entente.Node.Store.NodeId;

namespace Entente.Bench.Partners;

/// <summary>The run: pair, agree, release, recall.</summary>
internal static class ExchangeRun
{
    private const int AtOnce = 1000;
    private const double LeastRecords = 2000, MostSeconds = 5;

    public static async Task<int> RunAsync(int records, int recalls, bool check, CancellationToken cancel)
    {
        var folders = (Sender: Directory.CreateTempSubdirectory("entente-bench-a-"), Receiver: Directory.CreateTempSubdirectory("entente-bench-b-"));
        var port = BenchNode.FreePort();
        await using var sender = BenchNode.Make(folders.Sender.FullName, BenchNode.FreePort(), "Sender");
        await sender.StartAsync(cancel);
        try
        {
            string receiverId;
            await using (var receiver = BenchNode.Make(folders.Receiver.FullName, port, "Receiver"))
            {
                await receiver.StartAsync(cancel);
                receiverId = await AgreeAsync(sender, receiver, port, cancel);
                await receiver.StopAsync(cancel);
            }
            // Told before the receiver comes up: what is measured is fetching, verifying, storing and answering.
            var begun = Stopwatch.GetTimestamp();
            var ids = await TellAsync(sender, receiverId, records, cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"signed and released   {records:N0} records in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s"));
            using var process = StartReceiver(folders.Receiver.FullName, port);
            await process.StandardOutput.ReadLineAsync(cancel);
            var reached = await ExchangeAsync(sender, records, cancel) & await RecallAsync(sender, ids, recalls, cancel);
            process.Kill();
            await process.WaitForExitAsync(cancel);
            return check && !reached ? 1 : 0;
        }
        finally
        {
            await sender.StopAsync(CancellationToken.None);
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folders.Sender.Delete(recursive: true);
            folders.Receiver.Delete(recursive: true);
        }
    }

    private static async Task<bool> ExchangeAsync(WebApplication sender, int records, CancellationToken cancel)
    {
        var (first, begun, stored) = (0, 0L, 0);
        while (stored < records)
        {
            await Task.Delay(100, cancel); // to count takes time from what is measured
            stored = await CountAsync(sender, cancel);
            if (begun == 0 && stored > 0)
                (first, begun) = (stored, Stopwatch.GetTimestamp()); // from the first receipts on: the start of a process is not measured
        }
        var rate = (stored - first) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exchanged             {rate:N0} records a second: fetched, verified, stored, and the receipt taken"));
        return rate >= LeastRecords;
    }

    private static async Task<bool> RecallAsync(WebApplication sender, string[] ids, int recalls, CancellationToken cancel)
    {
        var holdings = sender.Services.GetRequiredService<HoldingService>();
        var store = sender.Services.GetRequiredService<NodeStore>();
        var seconds = new List<double>();
        foreach (var id in ids.Take(recalls))
        {
            var begun = Stopwatch.GetTimestamp();
            await holdings.RecallAsync(Actor.System("bench"), id, "bench", cancel);
            while (true)
            {
                await using var db = store.Open();
                if (await db.Copies.AnyAsync(copy => copy.RecordId == id && copy.Told == "recalled" && copy.State == CopyState.Complied, cancel))
                    break;
                await Task.Delay(2, cancel);
            }
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        seconds.Sort();
        double At(double share) => seconds[Math.Min(seconds.Count - 1, (int)(seconds.Count * share))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recall                median {1000 * At(0.5):N0} ms, p99 {1000 * At(0.99):N0} ms, longest {1000 * seconds[^1]:N0} ms, until the signed answer is here ({seconds.Count:N0} recalls)"));
        return At(0.99) <= MostSeconds;
    }

    private static async Task<int> CountAsync(WebApplication sender, CancellationToken cancel)
    {
        await using var db = sender.Services.GetRequiredService<NodeStore>().Open();
        return await db.Copies.CountAsync(copy => copy.State == CopyState.Stored, cancel);
    }

    private static async Task<string> AgreeAsync(WebApplication sender, WebApplication receiver, string port, CancellationToken cancel)
    {
        var (we, they) = (sender.Services.GetRequiredService<PartnerService>(), receiver.Services.GetRequiredService<PartnerService>());
        var (own, other) = (sender.Services.GetRequiredService<OwnIdentity>(), receiver.Services.GetRequiredService<OwnIdentity>());
        var actor = Actor.System("bench");
        await we.MeetAsync(actor, port, cancel);
        await we.ConfirmAsync(actor, other.Id, other.Identity.CurrentKey.Fingerprint.ToWords(), cancel);
        await they.ConfirmAsync(actor, own.Id, own.Identity.CurrentKey.Fingerprint.ToWords(), cancel);
        var id = await we.ProposeAsync(actor, other.Id, new AgreementDraft(["counter-terrorism"], ["S/RES/2253 (2015)"], [EntityCategory.Suspect], Tlp.Amber, 365, DateTimeOffset.UtcNow.AddYears(1)), cancel);
        await UntilAsync(receiver, async db => await db.Agreements.AnyAsync(agreement => agreement.Id == id, cancel), cancel);
        await they.SignAsync(actor, id, cancel);
        await UntilAsync(sender, async db => await db.Agreements.AnyAsync(agreement => agreement.Id == id && agreement.State == AgreementStanding.Signed, cancel), cancel);
        return other.Id;
    }

    private static async Task UntilAsync(WebApplication node, Func<NodeDb, Task<bool>> condition, CancellationToken cancel)
    {
        while (true)
        {
            await using var db = node.Services.GetRequiredService<NodeStore>().Open();
            if (await condition(db))
                return;
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>Makes records and tells the partner of them, as approved releases do.</summary>
    private static async Task<string[]> TellAsync(WebApplication sender, string partner, int count, CancellationToken cancel)
    {
        var own = sender.Services.GetRequiredService<OwnIdentity>();
        var ids = new List<string>(count);
        while (ids.Count < count)
        {
            await sender.Services.GetRequiredService<Ledger>().ActAsync(Actor.System("bench"), async act =>
            {
                var outbox = new Outbox(act);
                var marking = new Marking
                {
                    Originator = own.Id,
                    Tlp = Tlp.Amber,
                    Audience = Audience.Anyone,
                    LegalBasis = "S/RES/2253 (2015)",
                    Purpose = "counter-terrorism",
                    Category = EntityCategory.Suspect,
                    Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
                    Expires = act.At.AddDays(90),
                };
                for (var i = 0; i < AtOnce && ids.Count < count; i++)
                {
                    var id = NodeId.New(act.At);
                    var content = new RecordContent
                    {
                        Id = id,
                        Version = 1,
                        Schema = "Person",
                        Marking = marking,
                        Statements =
                        [
                            new RecordStatement("name", $"Person {id}"), new RecordStatement("alias", $"Alias {id}"), new RecordStatement("birthDate", "1975-03-04"),
                            new RecordStatement("nationality", "ly"), new RecordStatement("passportNumber", id[..9]), new RecordStatement("birthPlace", "Nalut"),
                        ],
                    };
                    var signed = SignedRecord.Sign(own.Key, content, act.At);
                    var record = HeldRecord.New(own.Id, id, null, act.At);
                    record.Take(content, signed, marking);
                    record.KeptUntil = marking.Expires;
                    act.Db.Records.Add(record);
                    await outbox.TellAsync(partner, ExchangeEventKind.Released, record, 1, signed.Text, signed.Hash, cancel);
                    ids.Add(record.Id);
                }
                return true;
            }, cancel);
        }
        return [.. ids];
    }

    private static Process StartReceiver(string folder, string port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ExchangeRun).Assembly.Location);
        foreach (var argument in new[] { "receive", folder, port })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
