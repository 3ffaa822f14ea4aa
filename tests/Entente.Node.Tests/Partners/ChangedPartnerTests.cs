using System.Globalization;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Exchange.Messages;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Partners;

/// <summary>A whole node and a partner whose program was changed: what it alters, repeats, reorders, leaves out, swells or makes older is refused and named, and costs nothing else.</summary>
public sealed class ChangedPartnerTests
{
    private const int Count = 6;

    // What each does to a page of events, and a word of what is said then.
    private static readonly Dictionary<string, (Func<JsonObject, byte[]> Alter, string Says)> Pages = new()
    {
        ["reordered"] = (page => Events(page, events => [.. events.Reverse()]), "does not go on"),
        ["doubled"] = (page => Events(page, events => [events[0], .. events]), "does not go on"),
        ["left out"] = (page => Events(page, events => [.. events.Skip(1)]), "does not go on"),
        ["of another place"] = (page => Set(page, "next", 1), "leads to another place"),
        ["with something unknown"] = (page => Set(page, "then", 1), "page of events"),
        ["cut short"] = (page => Encoding.UTF8.GetBytes(page.ToJsonString()[..^20]), "page of events"),
        ["swollen"] = (page => Encoding.UTF8.GetBytes(page.ToJsonString() + new string(' ', EventPage.MaxBytes)), "bytes long"),
        ["of another kind"] = (_ => "<html>not found</html>"u8.ToArray(), "page of events"),
    };

    public static TheoryData<string> Alterations => [.. Pages.Keys];

    [Theory, MemberData(nameof(Alterations))]
    public async Task A_page_that_was_altered_is_not_taken_and_all_of_it_comes_once_the_partner_is_honest(string how)
    {
        await using var allies = await PairedAsync();
        var (first, second, changed) = allies;
        var (alter, says) = Pages[how];
        // Nothing is told before there is enough for a page.
        changed.Instead = Away;
        await changed.HangUpAsync();
        await first.ReleaseNewAsync(second, Count);
        changed.Answers = (path, body) => IsEvents(path) ? alter(JsonNode.Parse(body)!.AsObject()) : body;
        changed.Instead = null;
        await Until.TrueAsync(async () => (await FaultAsync(second, first))?.Contains(says, StringComparison.Ordinal) == true);
        Assert.Equal(0, await second.HeldAsync());

        changed.Answers = (_, body) => body;
        await Until.TrueAsync(async () => await second.HeldAsync() == Count);
        await Until.TrueAsync(async () => await FaultAsync(second, first) is null);
        await Until.TrueAsync(async () => await first.CopiesAsync(CopyState.Stored) == Count);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        await using var allies = await PairedAsync();
        var (first, second, changed) = allies;
        var sent = 0L;
        changed.Instead = async http =>
        {
            if (!IsEvents(http.Request.Path))
                return false;
            var piece = Encoding.ASCII.GetBytes(new string(' ', 1 << 16));
            for (var waited = 0L; ;)
            {
                var write = http.Response.Body.WriteAsync(piece, http.RequestAborted);
                // What need not wait for a reader is not read: once nobody listens it goes nowhere, and that at once.
                if (!write.IsCompleted && (waited += piece.Length) > Interlocked.Read(ref sent))
                    Interlocked.Exchange(ref sent, waited);
                await write;
            }
        };
        await changed.HangUpAsync();
        await Until.TrueAsync(async () => (await FaultAsync(second, first))?.Contains("longer than", StringComparison.Ordinal) == true);
        // What is on its way, in buffers of both sides, goes beyond the limit of 32 MiB; but not by much.
        Assert.InRange(Interlocked.Read(ref sent), 1L << 20, 64L << 20);
        changed.Instead = null;
        await first.ReleaseNewAsync(second, Count);
        await Until.TrueAsync(async () => await second.HeldAsync() == Count);
    }

    [Fact]
    public async Task An_older_TLS_or_an_older_signature_is_spoken_with_nobody()
    {
        await using var allies = await PairedAsync();
        var (first, second, changed) = allies;
#pragma warning disable CA5398 // It is what must not be spoken.
        changed.Protocols = SslProtocols.Tls12;
#pragma warning restore CA5398
        await changed.HangUpAsync();
        await first.ReleaseNewAsync(second, Count);
        await Until.TrueAsync(async () => await FaultAsync(second, first) is not null);
        Assert.Equal(0, await second.HeldAsync());

        // Now with the right protocol, and records that no signature protects.
        changed.Answers = (path, body) => IsEvents(path) ? Events(JsonNode.Parse(body)!.AsObject(), Unsigned) : body;
        changed.Protocols = SslProtocols.Tls13;
        await Until.TrueAsync(async () => (await second.Liaison.GetAsync<JsonElement>($"/api/partners/{first.Id}")).GetProperty("partner").GetProperty("readTo").GetInt64() == Count);
        Assert.Equal(0, await second.HeldAsync());
        await using var db = second.Node.Store.Open();
        var received = await db.Audit.SingleAsync(entry => entry.Action == AuditAction.RecordsReceived, TestContext.Current.CancellationToken);
        Assert.Equal(Count, received.Payload!.Split("\"outcome\":\"refused\"").Length - 1);
        Assert.Contains("ES256", received.Payload, StringComparison.Ordinal);

        static JsonNode[] Unsigned(JsonNode[] events)
        {
            foreach (var each in events)
            {
                var parts = ((string)each["payload"]!).Split('.', 3);
                var header = Encoding.ASCII.GetString(Base64(parts[0])).Replace("ES256", "none", StringComparison.Ordinal);
                each["payload"] = $"{System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{parts[1]}.{parts[2]}";
            }
            return events;
        }

        static byte[] Base64(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
    }

    [Fact]
    public async Task An_agreement_that_ended_is_not_brought_back_by_showing_it_again()
    {
        await using var allies = await PairedAsync();
        var (first, second, changed) = allies;
        var old = Array.Empty<byte>();
        changed.Answers = (path, body) =>
        {
            if (!path.EndsWith("/agreements", StringComparison.Ordinal))
                return body;
            return old.Length == 0 ? old = body : old;
        };
        // Asked for now, so that it can be shown again later.
        var agreement = (await second.Liaison.GetAsync<JsonElement>($"/api/partners/{first.Id}")).GetProperty("agreements")[0].GetProperty("id").GetString()!;
        await changed.HangUpAsync();
        await first.ProposeAsync(second, "TLP:GREEN", ["suspect"]);
        await Until.TrueAsync(() => Task.FromResult(old.Length > 0));
        await second.Liaison.PostAsync<JsonElement>($"/api/agreements/{agreement}/end", new { });

        // The partner tells it anew, as it was, and sends what it allowed.
        var record = await first.RecordAsync("Tamim al-Nahri");
        await first.Node.Ledger.ActAsync(Actor.System("malice"), async act =>
        {
            var held = await act.Db.Records.SingleAsync(each => each.Id == record);
            await new Outbox(act).TellAsync(second.Id, ExchangeEventKind.Released, held, 1, held.Signed, held.Hash, default);
            return true;
        }, TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "refused");
        Assert.Equal("ended", (await second.Liaison.GetAsync<JsonElement>($"/api/agreements/{agreement}")).GetProperty("state").GetString());
        Assert.Equal(0, await second.HeldAsync());
    }

    [Fact]
    public async Task Receipts_that_are_altered_or_swollen_change_no_register()
    {
        // It is who answers for the copies that has changed its program: what it says passes through here on its way.
        await using var allies = await PairedAsync();
        var (first, second, changed) = allies;
        changed.Asked = (path, body) => IsReceipts(path) ? Altered(body) : body;
        await first.ReleaseNewAsync(second, Count);
        await Until.TrueAsync(async () => await second.HeldAsync() == Count && await WaitingReceiptsAsync(second) == 0);
        Assert.Equal(Count, await first.CopiesAsync(CopyState.Told));

        changed.Asked = (path, body) => IsReceipts(path) ? [.. body, .. new byte[ReceiptBatch.MaxBytes]] : body;
        var record = await first.RecordAsync("Tamim al-Nahri");
        await first.ReleaseAsync(second, record);
        await Until.TrueAsync(async () => (await FaultAsync(second, first))?.Contains("413", StringComparison.Ordinal) == true);
        Assert.Equal("told", await first.CopyStateAsync(record, second));
        changed.Asked = (_, body) => body;
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "stored");

        static bool IsReceipts(string path) => path.EndsWith("/receipts", StringComparison.Ordinal);

        static byte[] Altered(byte[] body)
        {
            var batch = JsonNode.Parse(body)!;
            var receipts = batch["receipts"]!.AsArray();
            for (var i = 0; i < receipts.Count; i++)
            {
                var receipt = (string)receipts[i]!;
                receipts[i] = receipt[..^9] + (receipt[^9] == 'A' ? 'B' : 'A') + receipt[^8..];
            }
            return Encoding.UTF8.GetBytes(batch.ToJsonString());
        }
    }

    [Theory]
    [InlineData("asker", 1)]
    [InlineData("asker", 2)]
    [InlineData("asker", 3)]
    [InlineData("answerer", 1)]
    [InlineData("answerer", 2)]
    [InlineData("answerer", 3)]
    public async Task A_run_of_overlap_in_which_one_side_alters_a_message_tells_the_other_nothing(string who, int round)
    {
        await using var allies = await PairedAsync(overlap: true);
        // The changed partner stands before the first, and the second always calls it: what the second gets was altered by
        // the answerer, what the first gets by the asker.
        var (first, second, changed) = allies;
        foreach (var each in new[] { first, second })
            await each.RecordAsync("Tamim al-Nahri");
        var altered = 0;
        byte[] Alter(string path, byte[] body) => path.Contains(string.Create(CultureInfo.InvariantCulture, $"/rounds/{round}/"), StringComparison.Ordinal) && body.Length > 0 && Interlocked.Exchange(ref altered, 1) == 0
            ? Flipped(body, body.Length - 1)
            : body;
        if (who == "asker")
            changed.Asked = Alter;
        else
            changed.Answers = Alter;
        var id = await OverlapTests.OfferAsync(second, first, "which", "records");
        await first.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });
        await Until.TrueAsync(async () => await RunAsync(second, id) is var (state, _) && state is "failed" or "done");
        Assert.Equal(1, altered);
        var (honest, other) = who == "asker" ? (first, second) : (second, first);
        await Until.TrueAsync(async () => (await RunAsync(honest, id)).State == "failed");
        Assert.NotEqual("", (await RunAsync(honest, id)).Fault);
        var run = await honest.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}");
        Assert.Equal(JsonValueKind.Null, run.GetProperty("found").ValueKind);
        // The other may only have learnt anything where no message of the honest side was left to come.
        if (round < 3)
            await Until.TrueAsync(async () => (await RunAsync(other, id)).State == "failed");
    }

    [Fact]
    public async Task A_message_of_overlap_that_is_too_long_is_not_read()
    {
        await using var allies = await PairedAsync(overlap: true);
        var (first, second, changed) = allies;
        changed.Asked = (path, body) => path.Contains("/rounds/", StringComparison.Ordinal) ? [.. body, .. new byte[12 << 20]] : body;
        var id = await OverlapTests.OfferAsync(second, first, "which", "records");
        await first.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });
        await Until.TrueAsync(async () => (await RunAsync(second, id)).State == "failed");
        Assert.Contains("413", (await RunAsync(second, id)).Fault, StringComparison.Ordinal);
        await Until.TrueAsync(async () => (await RunAsync(first, id)).State == "failed");
    }

    private static async Task<(string State, string Fault)> RunAsync(Ally ally, string id)
    {
        var run = await ally.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}");
        return (run.GetProperty("state").GetString()!, run.GetProperty("fault").GetString() ?? "");
    }

    private static Task<bool> Away(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.FromResult(true);
    }

    private static bool IsEvents(string path) => path.Contains("/events", StringComparison.Ordinal);

    private static byte[] Flipped(byte[] body, int at)
    {
        var altered = body.ToArray();
        altered[at] ^= 1;
        return altered;
    }

    private static byte[] Events(JsonObject page, Func<JsonNode[], JsonNode[]> alter)
    {
        var events = alter([.. page["events"]!.AsArray().Select(each => each!.DeepClone())]);
        page["events"] = new JsonArray([.. events.Select(each => each.DeepClone())]);
        return Encoding.UTF8.GetBytes(page.ToJsonString());
    }

    private static byte[] Set(JsonObject page, string name, int value)
    {
        page[name] = value;
        return Encoding.UTF8.GetBytes(page.ToJsonString());
    }

    private static async Task<Allies> PairedAsync(bool overlap = false)
    {
        var front = Ports.Free();
        var first = await Ally.StartAsync("First", address: string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{front}"));
        var second = await Ally.StartAsync("Second");
        var changed = await ChangedPartner.StartAsync(front, first, second);
        await second.PairAsync(first, string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{front}"));
        if (overlap)
            await OverlapTests.AgreeOnOverlapAsync(first, second, runs: 2);
        else
            await first.AgreeAsync(second);
        return new Allies(first, second, changed);
    }

    private static async Task<string?> FaultAsync(Ally at, Ally with) => (await at.Liaison.GetAsync<JsonElement>($"/api/partners/{with.Id}")).GetProperty("partner").GetProperty("fault").GetString();

    private static async Task<int> WaitingReceiptsAsync(Ally ally)
    {
        await using var db = ally.Node.Store.Open();
        return await db.PartnerReceipts.CountAsync(TestContext.Current.CancellationToken);
    }

    private sealed record Allies(Ally First, Ally Second, ChangedPartner Changed) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Second.DisposeAsync();
            await Changed.DisposeAsync();
            await First.DisposeAsync();
        }
    }
}
