using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Node.Partners;

/// <summary>Calls partners at their port, showing this node's key and taking no other than theirs.</summary>
internal sealed class PartnerClient(OwnIdentity own) : IDisposable
{
    /// <summary>Where all of a partner port's addresses begin.</summary>
    public const string Root = "/partner/v1";

    // Pages of events are bounded by their sender to much less.
    private const int MostBytes = 32 << 20;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <summary>Shows this node's card, and gets the card of whoever answers: how two nodes meet, and how they tell each other of new keys and addresses.</summary>
    /// <param name="address">Where to ask.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The card, of the very key that the connection was made with.</returns>
    /// <exception cref="PartnerUnreachableException">Nobody answers, or no node.</exception>
    /// <exception cref="RefusedException">The answer is no card, or that of another.</exception>
    public async Task<NodeIdentity> IntroduceAsync(Uri address, CancellationToken cancel)
    {
        NodePublicKey? shown = null;
        using var client = Make(certificate =>
        {
            try
            {
                shown = NodePublicKey.Import(certificate.PublicKey.ExportSubjectPublicKeyInfo());
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        });
        using var content = new StringContent(own.Identity.Card, Encoding.ASCII, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"{Root}/introductions")) { Content = content };
        var answer = await SendAsync(client, request, null, cancel).ConfigureAwait(false);
        var identity = NodeIdentity.Parse(Encoding.ASCII.GetString(answer));
        return identity.CurrentKey.Equals(shown)
            ? identity
            : throw new RefusedException(Refusal.UnknownKey, "The card is of another key than the connection: somebody may stand in between.");
    }

    /// <summary>Asks a partner.</summary>
    /// <param name="partner">The partner as it is known.</param>
    /// <param name="path">Below <see cref="Root"/>, with its query.</param>
    /// <param name="body">What to send, as JSON; null to get.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The answer's body.</returns>
    /// <exception cref="PartnerUnreachableException">It does not answer, or not as asked.</exception>
    public async Task<byte[]> AskAsync(NodeIdentity partner, string path, byte[]? body, CancellationToken cancel)
    {
        var (client, address) = At(partner);
        using var content = body is null ? null : new ByteArrayContent(body);
        content?.Headers.ContentType = new MediaTypeHeaderValue(body is [(byte)'{' or (byte)'[', ..] ? "application/json" : "application/octet-stream");
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, Root + path)) { Content = content };
        return await SendAsync(client, request, null, cancel).ConfigureAwait(false);
    }

    /// <summary>Asks a partner for events, and lets it keep the answer back until there are some.</summary>
    /// <param name="partner">The partner as it is known.</param>
    /// <param name="after">The number of the last event that is known.</param>
    /// <param name="limit">Most events.</param>
    /// <param name="wait">The longest to wait, in seconds.</param>
    /// <param name="agreements">What it last said of where agreements stand.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The page, and where agreements stand by now.</returns>
    /// <exception cref="PartnerUnreachableException">It does not answer, or not as asked.</exception>
    public async Task<(byte[] Page, string Agreements)> AskForEventsAsync(NodeIdentity partner, long after, int limit, int wait, string agreements, CancellationToken cancel)
    {
        var (client, address) = At(partner);
        var path = string.Create(CultureInfo.InvariantCulture, $"{Root}/events?after={after}&limit={limit}&wait={wait}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.TryAddWithoutValidation(PartnerEndpoints.AgreementsHeader, agreements);
        var now = agreements;
        var body = await SendAsync(client, request, answer => now = answer.Headers.TryGetValues(PartnerEndpoints.AgreementsHeader, out var values) ? values.First() : agreements, cancel).ConfigureAwait(false);
        return (body, now);
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private (HttpClient Client, Uri Address) At(NodeIdentity partner)
    {
        var address = partner.Addresses is [{ } first, ..] ? first : throw new PartnerUnreachableException("It has not said where it is reached.", null);
        var key = partner.CurrentKey;
        return (_clients.GetOrAdd($"{own.Identity.CurrentKey.Id} {key.Id}", _ => Make(key.IsKeyOf)), address);
    }

    private HttpClient Make(Func<X509Certificate2, bool> isExpected)
    {
        var certificate = own.Certificate;
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            MaxResponseHeadersLength = 16,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                // The key is all that counts: names, dates and issuers of certificates are not looked at.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 theirs && isExpected(theirs),
            },
        })
        {
            Timeout = AnswerWithin,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    private static async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        const int Longest = 300;
        var text = (await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false)).Trim();
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static async Task<byte[]> SendAsync(HttpClient client, HttpRequestMessage request, Action<HttpResponseMessage>? look, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.SendAsync(request, cancel).ConfigureAwait(false);
            look?.Invoke(answer);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false),
                HttpStatusCode.Forbidden => throw new PartnerUnreachableException("It does not let this node in: it has not confirmed it yet, or has suspended it.", null) { Refused = true },
                HttpStatusCode.NotFound => throw new PartnerUnreachableException("It answered 404.", null) { NotFound = true },
                HttpStatusCode.Gone => throw new PartnerUnreachableException("It has lost what it was asked to go on with.", null) { Gone = true },
                // That it took too long, or is asked too often, is no answer to what was asked.
                var status => throw new PartnerUnreachableException($"It answered {(int)status}.", null) { Said = (int)status is >= 400 and < 500 and not (408 or 429) ? await SaidAsync(answer, cancel).ConfigureAwait(false) : null },
            };
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new PartnerUnreachableException(string.Create(CultureInfo.InvariantCulture, $"Its answer is longer than {MostBytes} bytes, and was not taken."), fault);
        }
        catch (HttpRequestException fault)
        {
            throw new PartnerUnreachableException(fault.InnerException is AuthenticationException ? "Its key is not the one that was confirmed, or it does not take ours." : fault.Message, fault)
            {
                OtherKey = fault.InnerException is AuthenticationException,
            };
        }
        catch (TaskCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new PartnerUnreachableException("It did not answer in time.", fault);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            throw new PartnerUnreachableException(fault.Message, fault);
        }
    }
}

/// <summary>A partner could not be asked. The message is for people.</summary>
internal sealed class PartnerUnreachableException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Whether it answered, and did not let this node in.</summary>
    public bool Refused { get; init; }

    /// <summary>Why it refused what was asked, in its words; null where it did not.</summary>
    public string? Said { get; init; }

    /// <summary>Whether it answered that there is no such thing.</summary>
    public bool NotFound { get; init; }

    /// <summary>Whether it answered that it has lost what it was asked to go on with.</summary>
    public bool Gone { get; init; }

    /// <summary>Whether it showed another key than the one known: it may have a new one.</summary>
    public bool OtherKey { get; init; }
}
