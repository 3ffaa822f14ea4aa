using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Entente.Node.Partners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests.Partners;

/// <summary>A partner that changed its program: it stands before its own node, holds its key, and alters what goes in and what comes out.</summary>
/// <remarks>
/// What is altered on the line between two nodes ends the connection (TLS), whatever it says. Only who holds the key gets
/// as far as the messages, and that is what this does: nothing but what they say themselves protects the other side.
/// </remarks>
internal sealed class ChangedPartner : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly X509Certificate2 _shown;
    private CancellationTokenSource _line = new();

    private ChangedPartner(int port, Ally node, Ally caller)
    {
        _shown = node.Node.Services.GetRequiredService<OwnIdentity>().Certificate;
        var callers = caller.Node.Services.GetRequiredService<OwnIdentity>().Certificate;
        _client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => callers,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
        })
        { BaseAddress = node.Port };
        // What is refused for its length is not sent at all: else the node hangs up in the middle of it.
        _client.DefaultRequestHeaders.ExpectContinue = true;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.ListenLocalhost(port, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions
            {
                ServerCertificate = _shown,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                EnabledSslProtocols = Protocols,
            }),
        })));
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    /// <summary>The only versions of TLS that it speaks.</summary>
    public SslProtocols Protocols { get; set; } = SslProtocols.Tls13;

    /// <summary>What becomes of what its node answers; by path and query.</summary>
    public Func<string, byte[], byte[]> Answers { get; set; } = (_, body) => body;

    /// <summary>What becomes of what its node is asked; by path and query.</summary>
    public Func<string, byte[], byte[]> Asked { get; set; } = (_, body) => body;

    /// <summary>What it does instead of asking its node; null for nothing. Says whether it did.</summary>
    public Func<HttpContext, Task<bool>>? Instead { get; set; }

    /// <summary>Takes its place.</summary>
    /// <param name="port">Where the node says that it is reached.</param>
    /// <param name="node">The node before which it stands.</param>
    /// <param name="caller">The only node that calls it.</param>
    public static async Task<ChangedPartner> StartAsync(int port, Ally node, Ally caller)
    {
        var changed = new ChangedPartner(port, node, caller);
        await changed._app.StartAsync(TestContext.Current.CancellationToken);
        return changed;
    }

    /// <summary>Ends all questions that wait for an answer, so that what was set holds from now on.</summary>
    public async Task HangUpAsync()
    {
        using var line = Interlocked.Exchange(ref _line, new CancellationTokenSource());
        await line.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        _line.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        using var hangingUp = _line.Token.Register(http.Abort);
        // Each connection is for one question, so that what is set holds from the next.
        http.Response.Headers.Connection = "close";
        if (Instead is { } instead && await instead(http))
            return;
        var path = http.Request.Path + http.Request.QueryString.ToString();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        using var question = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(path, UriKind.Relative));
        if (http.Request.Method == HttpMethods.Post)
            question.Content = new ByteArrayContent(Asked(path, body.ToArray()));
        if (http.Request.Headers.TryGetValue(PartnerEndpoints.AgreementsHeader, out var known))
            question.Headers.TryAddWithoutValidation(PartnerEndpoints.AgreementsHeader, (string?)known);
        using var answer = await _client.SendAsync(question, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.TryGetValues(PartnerEndpoints.AgreementsHeader, out var agreements))
            http.Response.Headers[PartnerEndpoints.AgreementsHeader] = agreements.First();
        await http.Response.Body.WriteAsync(Answers(path, await answer.Content.ReadAsByteArrayAsync(http.RequestAborted)), http.RequestAborted);
    }
}
