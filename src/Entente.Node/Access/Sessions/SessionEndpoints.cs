using System.Globalization;
using System.Security.Claims;
using Entente.Node.Access.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Access.Sessions;

internal sealed record SignInRequest(string Login, string Password);

internal sealed record PasswordRequest(string Current, string Password);

internal sealed record LanguageRequest(string? Language);

/// <summary>Who asks, and by what.</summary>
/// <param name="Account">Id, login, name and roles.</param>
/// <param name="Rights">What this request may do: of a key, no more than its scopes.</param>
/// <param name="Language">The language of the pages; null for what the browser asks for.</param>
/// <param name="Key">The id of the key; null for a person's session.</param>
internal sealed record SessionView(SessionAccount Account, IEnumerable<Right> Rights, string? Language, string? Key);

internal sealed record SessionAccount(string Id, string Login, string DisplayName, IReadOnlyList<Role> Roles);

/// <summary>Sign-in and sign-out for programs with cookies, and who one is.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("Session");
        session.MapGet("", async (ClaimsPrincipal user, AccessDirectory directory, CancellationToken cancel) => Results.Json(await ViewAsync(user, directory, cancel).ConfigureAwait(false), NodeJson.Options))
            .RequireAuthorization(new RequireSignInAttribute());
        session.MapPost("", SignInAsync).AllowAnonymous();
        session.MapDelete("", async (HttpContext http, ClaimsPrincipal user, SignInService signIn) =>
        {
            RequirePerson(user);
            await signIn.SignOutAsync(user.ToActor(), http.RequestAborted).ConfigureAwait(false);
            await http.SignOutAsync(AccessSchemes.Session).ConfigureAwait(false);
            return Results.NoContent();
        }).RequireAuthorization(new RequireSignInAttribute());
        session.MapPut("/password", async (HttpContext http, ClaimsPrincipal user, AccountService accounts, SignInService signIn) =>
        {
            RequirePerson(user);
            var asked = await http.Request.BodyAsync<PasswordRequest>(http.RequestAborted).ConfigureAwait(false);
            var account = await AccessCapability.TryAsync(() => accounts.ChangePasswordAsync(user.ToActor(), asked.Current, asked.Password, http.RequestAborted)).ConfigureAwait(false);
            await SessionCookie.BeginAsync(http, account.Id, account.SecurityStamp, signIn.Now).ConfigureAwait(false);
            return Results.NoContent();
        }).RequireAuthorization(new RequireSignInAttribute());
        session.MapPut("/language", async (HttpRequest request, ClaimsPrincipal user, AccountService accounts, CancellationToken cancel) =>
        {
            RequirePerson(user);
            var asked = await request.BodyAsync<LanguageRequest>(cancel).ConfigureAwait(false);
            await AccessCapability.TryAsync(() => accounts.SetLanguageAsync(user.ToActor(), asked.Language, cancel)).ConfigureAwait(false);
            return Results.NoContent();
        }).RequireAuthorization(new RequireSignInAttribute());

        // Anonymous, because whoever's session has ended meanwhile need not sign in to sign out.
        routes.MapPost(AccountPaths.SignOut, SignOutOfPagesAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SignInService signIn, AccessDirectory directory)
    {
        var asked = await http.Request.BodyAsync<SignInRequest>(http.RequestAborted).ConfigureAwait(false);
        var outcome = await signIn.PasswordAsync(asked.Login, asked.Password, http.Connection.RemoteIpAddress, http.RequestAborted).ConfigureAwait(false);
        if (outcome.Wait is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, detail: "Too many sign-ins failed from this address. Wait as long as Retry-After says.");
        }
        if (outcome.AccountId is not { } id)
            throw new RequestException(StatusCodes.Status401Unauthorized, "Login or password is wrong, or the account is disabled or locked for a while after too many failures.");
        await SessionCookie.BeginAsync(http, id, outcome.Stamp!, signIn.Now).ConfigureAwait(false);
        var account = await directory.FindAsync(id, outcome.Stamp, http.RequestAborted).ConfigureAwait(false) ?? throw new RequestException(StatusCodes.Status401Unauthorized, "The account was changed at this moment. Sign in again.");
        return Results.Json(new SessionView(Of(account), account.Rights, account.Language, null), NodeJson.Options);
    }

    private static async Task<IResult> SignOutOfPagesAsync(HttpContext http, IAntiforgery antiforgery, SignInService signIn)
    {
        if (SessionCookie.StampOf(http.User) is null)
            return Results.LocalRedirect(AccountPaths.SignIn);
        if (!await antiforgery.IsRequestValidAsync(http).ConfigureAwait(false))
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "The form is not of this session. Load the page again.");
        await signIn.SignOutAsync(http.User.ToActor(), http.RequestAborted).ConfigureAwait(false);
        await http.SignOutAsync(AccessSchemes.Session).ConfigureAwait(false);
        return Results.LocalRedirect(AccountPaths.SignIn);
    }

    private static async Task<SessionView> ViewAsync(ClaimsPrincipal user, AccessDirectory directory, CancellationToken cancel)
    {
        var actor = user.ToActor();
        var known = await directory.GetAsync(cancel).ConfigureAwait(false);
        var account = known.Accounts[actor.AccountId!]; // whoever passed has one
        return new SessionView(Of(account), actor.Rights.Order(), account.Language, actor.Id.StartsWith("key:", StringComparison.Ordinal) ? actor.Id[4..] : null);
    }

    private static SessionAccount Of(KnownAccount account) => new(account.Id, account.Login, account.DisplayName, account.Roles);

    private static void RequirePerson(ClaimsPrincipal user)
    {
        if (SessionCookie.StampOf(user) is null)
            throw RequestException.Bad("This is for a person's session; the request was made with an API key.");
    }
}
