using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Entente.Node.Tests.Access;

/// <summary>A small but genuine OpenID Connect provider: discovery, authorisation with PKCE, tokens signed with RSA, its public keys.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string ClientId = "entente", ClientSecret = "the-secret-of-the-client";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Code> _codes = new(StringComparer.Ordinal);

    private Issuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Who is signed in at the provider: claims of the next token.</summary>
    public IReadOnlyList<Claim> Person { get; set; } = [];

    /// <summary>Changes the next token before it is signed.</summary>
    public Action<SecurityTokenDescriptor>? Tamper { get; set; }

    /// <summary>Codes that were exchanged, and the client was who it said.</summary>
    public int Exchanged { get; private set; }

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new Issuer(app);
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = issuer.Address,
            authorization_endpoint = issuer.Address + "/authorize",
            token_endpoint = issuer.Address + "/token",
            jwks_uri = issuer.Address + "/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            code_challenge_methods_supported = new[] { "S256" },
        });
        app.MapGet("/keys", () =>
        {
            var key = issuer._key.ExportParameters(false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "one", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        });
        app.MapGet("/authorize", issuer.Authorize);
        app.MapPost("/token", (Func<HttpRequest, Task<IResult>>)issuer.TokenAsync).DisableAntiforgery();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>A signature under the name of the provider's key.</summary>
    public static SigningCredentials Sign(RSA key) =>
        new(new RsaSecurityKey(key) { KeyId = "one", CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSha256);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["response_type"] != "code" || query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid"))
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = new Code(query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["grant_type"] != "authorization_code" || form["client_id"] != ClientId || form["client_secret"] != ClientSecret || !_codes.TryRemove(form["code"]!, out var code)
            || code.RedirectUri != form["redirect_uri"] || code.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))))
            return Results.BadRequest(new { error = "invalid_grant" });
        Exchanged++;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            Subject = new ClaimsIdentity([.. Person, new Claim("nonce", code.Nonce)]),
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            SigningCredentials = Sign(_key),
        };
        Tamper?.Invoke(token);
        return Results.Json(new { access_token = Guid.NewGuid().ToString("N"), token_type = "Bearer", expires_in = 300, id_token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = true }.CreateToken(token) });
    }

    private sealed record Code(string Challenge, string Nonce, string RedirectUri);
}
