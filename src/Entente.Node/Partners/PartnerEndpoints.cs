using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Entente.Exchange.Identity;
using Entente.Exchange.Messages;
using Entente.Exchange.Overlap.Protocol;
using Entente.Exchange.Signing;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Overlap;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Partners;

/// <summary>What partners can ask of this node at its partner port.</summary>
/// <remarks>Who asks is told by the key of the connection alone. A key that belongs to no confirmed partner may show its card, and nothing else.</remarks>
internal sealed class PartnerEndpoints(OwnIdentity own, PartnerBell bell, ReceiptDesk receipts, OverlapAnswering overlap, NodeOptions options, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<PartnerEndpoints> log)
{
    /// <summary>The header that tells whether agreements have changed: another text where they have.</summary>
    public const string AgreementsHeader = "Entente-Agreements";

    private const int MostWaiting = 50; // cards that nobody has looked at
    private const int MostPageBytes = 8 << 20;
    private const int CardLength = 256 << 10;
    private static readonly object CallerKey = new();

    /// <summary>Adds them.</summary>
    /// <param name="app">The host of the partner port.</param>
    public void Map(WebApplication app)
    {
        app.Use(AdmitAsync);
        app.MapPost(PartnerClient.Root + "/introductions", IntroduceAsync);
        app.MapGet(PartnerClient.Root + "/agreements", AgreementsAsync);
        app.MapGet(PartnerClient.Root + "/events", EventsAsync);
        app.MapPost(PartnerClient.Root + "/receipts", ReceiptsAsync);
        app.MapGet(PartnerClient.Root + "/records/{id}", RecordAsync);
        app.MapGet(PartnerClient.Root + "/cards/{id}", CardAsync);
        app.MapPost(PartnerClient.Root + "/overlap/runs", OfferAsync);
        app.MapPost(PartnerClient.Root + "/overlap/runs/{id}/rounds/{round:int}/{part:int}", TalkAsync);
        app.MapPost(PartnerClient.Root + "/overlap/runs/{id}/end", GiveUpAsync);
    }

    /// <summary>Finds whose key it is, and lets in only who may.</summary>
    private async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            var key = KeyOf(http.Connection.ClientCertificate);
            if (http.Request.Path == PartnerClient.Root + "/introductions")
            {
                http.Items[CallerKey] = key;
            }
            else
            {
                await using var db = store.Open();
                var hash = HashOf(key);
                var partner = await db.Partners.AsNoTracking().SingleOrDefaultAsync(each => each.KeyHash == hash, http.RequestAborted).ConfigureAwait(false);
                if (partner is not { State: PartnerState.Confirmed })
                    throw RequestException.Forbidden("This key is not that of a confirmed partner.");
                http.Items[CallerKey] = partner;
            }
            await next(http).ConfigureAwait(false);
        }
        catch (RequestException fault)
        {
            await SayAsync(http, fault.Status, fault.Message).ConfigureAwait(false);
        }
        catch (RefusedException fault)
        {
            log.LogWarning("What came to the partner port from {Address} was refused: {Reason}", http.Connection.RemoteIpAddress, fault.Message);
            await SayAsync(http, StatusCodes.Status400BadRequest, fault.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault)
        {
            await SayAsync(http, fault.StatusCode, fault.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Who asked is gone.
        }
    }

    private async Task IntroduceAsync(HttpContext http)
    {
        var key = (NodePublicKey)http.Items[CallerKey]!;
        var identity = NodeIdentity.Parse(Encoding.ASCII.GetString(await BodyAsync(http, CardLength).ConfigureAwait(false)));
        if (!identity.CurrentKey.Equals(key))
            throw new RefusedException(Refusal.UnknownKey, "The card is of another key than the connection.");
        if (identity.Id == own.Id)
            throw RequestException.Bad("This is the node's own card.");
        await MeetAsync(identity, Actor.System("partner port"), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, Encoding.ASCII.GetBytes(own.Identity.Card), MediaTypeNames.Text.Plain).ConfigureAwait(false);
    }

    /// <summary>Takes a card: of a node that is new here, or a newer one of a node that is known.</summary>
    /// <param name="identity">The card.</param>
    /// <param name="actor">By whom it came.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task MeetAsync(NodeIdentity identity, Actor actor, CancellationToken cancel)
    {
        await using (var db = store.Open())
        {
            if (await db.Partners.AsNoTracking().AnyAsync(partner => partner.Id == identity.Id && partner.Card == identity.Card, cancel).ConfigureAwait(false))
                return;
        }
        await ledger.ActAsync(actor, async act =>
        {
            var hash = HashOf(identity.CurrentKey);
            var known = await act.Db.Partners.SingleOrDefaultAsync(partner => partner.Id == identity.Id, cancel).ConfigureAwait(false);
            if (known is null)
            {
                if (actor.AccountId is null && await act.Db.Partners.CountAsync(partner => partner.State == PartnerState.Introduced, cancel).ConfigureAwait(false) >= MostWaiting)
                    throw new RequestException(StatusCodes.Status429TooManyRequests, "Too many nodes wait to be looked at here. Ask the people of this node.");
                act.Db.Partners.Add(known = new Partner { Id = identity.Id, Name = identity.Name, Address = "", Card = "", KeyHash = "", IntroducedAt = act.At });
            }
            else
            {
                var before = NodeIdentity.Parse(known.Card);
                if (!identity.Succeeds(before))
                    throw new RefusedException(Refusal.Inconsistent, "The card does not go on from the one that is known.");
                // Who has a stolen key can also announce the next one: people compare again.
                if (known.State == PartnerState.Confirmed && identity.Rotations.Skip(before.Rotations.Length).Any(rotation => rotation.Compromised))
                    (known.State, known.ConfirmedAt) = (PartnerState.Introduced, null);
                if (known.Name == before.Name)
                    known.Name = identity.Name;
            }
            (known.Card, known.KeyHash, known.Address) = (identity.Card, hash, identity.Addresses is [{ } first, ..] ? first.AbsoluteUri : "");
            act.Record(AuditAction.PartnerIntroduced, $"partner:{identity.Id}", new { identity.Name, addresses = identity.Addresses, key = identity.CurrentKey.Fingerprint.ToWords(), known.State });
            return true;
        }, cancel).ConfigureAwait(false);
    }

    private async Task AgreementsAsync(HttpContext http)
    {
        var partner = Caller(http);
        await using var db = store.Open();
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnerId == partner.Id).OrderBy(agreement => agreement.CreatedAt).ThenBy(agreement => agreement.Id).ToListAsync(http.RequestAborted).ConfigureAwait(false);
        var told = new ToldAgreements([.. agreements.Where(agreement => agreement.State != AgreementStanding.Offered).TakeLast(ToldAgreements.Most).Select(agreement => new ToldAgreement(agreement.Id, agreement.State, agreement.Ours))]);
        await AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(told, NodeJson.Options), MediaTypeNames.Application.Json).ConfigureAwait(false);
    }

    private async Task EventsAsync(HttpContext http)
    {
        var partner = Caller(http);
        var after = Number(http, "after", 0, long.MaxValue - EventPage.MaxEvents);
        var limit = (int)Number(http, "limit", 500, EventPage.MaxEvents);
        var until = clock.GetUtcNow() + (options.Partners!.LongestWait is var longest && TimeSpan.FromSeconds(Number(http, "wait", 0, 60)) is var asked && asked < longest ? asked : longest);
        var agreed = http.Request.Headers[AgreementsHeader].ToString();
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        while (true)
        {
            var news = bell.NextAsync(partner.Id);
            var (page, agreements) = await PageAsync(partner.Id, after, limit, http.RequestAborted).ConfigureAwait(false);
            var left = until - clock.GetUtcNow();
            if (!page.Events.IsEmpty || agreements != agreed || left <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                http.Response.Headers[AgreementsHeader] = agreements;
                await AnswerAsync(http, page.ToBytes(), MediaTypeNames.Application.Json).ConfigureAwait(false);
                return;
            }
            // Another process may write on the same database, and rings no bell here.
            using var rest = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await Task.WhenAny(news, Task.Delay(left < LookAgain ? left : LookAgain, clock, rest.Token)).ConfigureAwait(false);
            await rest.CancelAsync().ConfigureAwait(false);
            http.RequestAborted.ThrowIfCancellationRequested();
            await RequireConfirmedAsync(partner.Id, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private async Task<(EventPage Page, string Agreements)> PageAsync(string partner, long after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var events = new List<ExchangeEvent>();
        var bytes = 0L;
        var more = false;
        await foreach (var item in db.PartnerEvents.AsNoTracking().Where(item => item.PartnerId == partner && item.Seq > after).OrderBy(item => item.Seq).Take(limit + 1)
            .Join(db.Records.AsNoTracking(), item => item.RecordId, record => record.Id, (item, record) => new { item.Seq, item.Kind, item.Version, item.Payload, record.RecordId })
            .OrderBy(item => item.Seq).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            bytes += item.Payload.Length + 200;
            if (events.Count == limit || (bytes > MostPageBytes && events.Count > 0))
            {
                more = true;
                break;
            }
            events.Add(new ExchangeEvent(item.Seq, Enum.Parse<ExchangeEventKind>(item.Kind, ignoreCase: true), item.RecordId, item.Version, item.Payload));
        }
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnerId == partner).GroupBy(_ => 1)
            .Select(group => new { Count = group.Count(), Last = group.Max(agreement => agreement.ChangedAt) }).SingleOrDefaultAsync(cancel).ConfigureAwait(false);
        return (EventPage.Of(after, events, more), agreements is null ? "0" : string.Create(CultureInfo.InvariantCulture, $"{agreements.Count}-{agreements.Last.ToUnixTimeMilliseconds()}"));
    }

    private async Task ReceiptsAsync(HttpContext http)
    {
        var partner = Caller(http);
        var batch = ReceiptBatch.Parse(await BodyAsync(http, ReceiptBatch.MaxBytes).ConfigureAwait(false));
        await receipts.TakeAsync(partner.Id, batch, http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, "{}"u8.ToArray(), MediaTypeNames.Application.Json).ConfigureAwait(false);
    }

    /// <summary>The record as the partner was last told it. One that does not exist and one that is not for it are the same to this query, and so to whoever asks.</summary>
    private async Task RecordAsync(HttpContext http)
    {
        var partner = Caller(http);
        var id = (string)http.Request.RouteValues["id"]!;
        await using var db = store.Open();
        var last = await db.PartnerEvents.AsNoTracking().Where(item => item.PartnerId == partner.Id && item.RecordId == id).OrderByDescending(item => item.Seq)
            .Select(item => new { item.Kind, item.Payload }).FirstOrDefaultAsync(http.RequestAborted).ConfigureAwait(false);
        if (last is not { Kind: "released" or "amended" })
            throw RequestException.NotFound("There is no such record for this partner.");
        await AnswerAsync(http, Encoding.ASCII.GetBytes(last.Payload), "application/sd-jwt").ConfigureAwait(false);
    }

    /// <summary>The card of the originator of a record that this partner got from here.</summary>
    private async Task CardAsync(HttpContext http)
    {
        var partner = Caller(http);
        var id = (string)http.Request.RouteValues["id"]!;
        await using var db = store.Open();
        var card = await db.PartnerEvents.AsNoTracking().Where(item => item.PartnerId == partner.Id).Join(db.Records, item => item.RecordId, record => record.Id, (_, record) => record.Originator)
            .AnyAsync(originator => originator == id, http.RequestAborted).ConfigureAwait(false)
            ? await db.Partners.AsNoTracking().Where(each => each.Id == id).Select(each => each.Card).SingleOrDefaultAsync(http.RequestAborted).ConfigureAwait(false)
                ?? await db.KnownNodes.AsNoTracking().Where(each => each.Id == id).Select(each => each.Card).SingleOrDefaultAsync(http.RequestAborted).ConfigureAwait(false)
            : null;
        await AnswerAsync(http, Encoding.ASCII.GetBytes(card ?? throw RequestException.NotFound("There is no such card for this partner.")), MediaTypeNames.Text.Plain).ConfigureAwait(false);
    }

    private async Task OfferAsync(HttpContext http)
    {
        var told = await overlap.OfferAsync(Caller(http), await JsonAsync<OfferedRun>(http).ConfigureAwait(false), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(told, NodeJson.Options), MediaTypeNames.Application.Json).ConfigureAwait(false);
    }

    private async Task TalkAsync(HttpContext http)
    {
        var route = http.Request.RouteValues;
        var messages = await BodyAsync(http, OverlapFrames.MostBytes + OverlapSession.LongestMessage + 64).ConfigureAwait(false);
        var answer = await overlap.TalkAsync(Caller(http), (string)route["id"]!, Whole(route["round"]), Whole(route["part"]), (int)Number(http, "time", 1, 1_000), Number(http, "resume", 0, 1) == 1, messages, http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, answer, MediaTypeNames.Application.Octet).ConfigureAwait(false);
    }

    private async Task GiveUpAsync(HttpContext http)
    {
        var given = await JsonAsync<GivenUp>(http).ConfigureAwait(false);
        await overlap.GiveUpAsync(Caller(http), (string)http.Request.RouteValues["id"]!, given.Reason, http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, "{}"u8.ToArray(), MediaTypeNames.Application.Json).ConfigureAwait(false);
    }

    private sealed record GivenUp(string Reason);

    private static int Whole(object? value) => int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RequestException.Bad("Expected the number of a round.");

    private static async Task<T> JsonAsync<T>(HttpContext http)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await BodyAsync(http, CardLength).ConfigureAwait(false), NodeJson.Options) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            throw RequestException.Bad($"The body could not be read at {fault.Path ?? "$"}.");
        }
    }

    private async Task RequireConfirmedAsync(string partner, CancellationToken cancel)
    {
        await using var db = store.Open();
        if (!await db.Partners.AsNoTracking().AnyAsync(each => each.Id == partner && each.State == PartnerState.Confirmed, cancel).ConfigureAwait(false))
            throw RequestException.Forbidden("This key is not that of a confirmed partner.");
    }

    /// <summary>By what partners' connections are known.</summary>
    public static string HashOf(NodePublicKey key) => key.Id;

    private static NodePublicKey KeyOf(X509Certificate2? certificate) =>
        NodePublicKey.Import((certificate ?? throw RequestException.Forbidden("Show a certificate.")).PublicKey.ExportSubjectPublicKeyInfo());

    private static Partner Caller(HttpContext http) => (Partner)http.Items[CallerKey]!;

    private static long Number(HttpContext http, string name, long unset, long most) => http.Request.Query[name].ToString() switch
    {
        "" => unset,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most => number,
        _ => throw RequestException.Bad($"{name}: expected a whole number up to {most}."),
    };

    private static async Task<byte[]> BodyAsync(HttpContext http, int most)
    {
        var limit = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
            limit.MaxRequestBodySize = most;
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static async Task AnswerAsync(HttpContext http, byte[] bytes, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task SayAsync(HttpContext http, int status, string text)
    {
        if (http.Response.HasStarted)
            return;
        http.Response.StatusCode = status;
        await AnswerAsync(http, Encoding.UTF8.GetBytes(text + "\n"), "text/plain; charset=utf-8").ConfigureAwait(false);
    }
}

/// <summary>Where agreements stand at a node, as it tells its partner.</summary>
/// <param name="Agreements">In the order in which they came to be.</param>
internal sealed record ToldAgreements(IReadOnlyList<ToldAgreement> Agreements)
{
    /// <summary>More than two partners ever have.</summary>
    public const int Most = 1000;
}

/// <summary>Where an agreement stands at a node.</summary>
/// <param name="Id">The agreement.</param>
/// <param name="State">Where it stands there.</param>
/// <param name="Signed">The terms as that node signed them; null where it did not.</param>
internal sealed record ToldAgreement(string Id, AgreementStanding State, string? Signed);
