using System.Collections.Immutable;
using System.Security.Claims;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Access.Accounts;

internal sealed record AccountRequest(string Login, string DisplayName, ImmutableArray<Role> Roles);

internal sealed record AccountChangeRequest(string? DisplayName = null, ImmutableArray<Role>? Roles = null, bool? Disabled = null, bool Unlock = false);

/// <summary>An account as administrators see it.</summary>
internal sealed record AccountView(
    string Id, string Login, string DisplayName, IReadOnlyList<Role> Roles, bool Disabled, bool FromProvider, bool HasPassword, string? Language, DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    public static AccountView Of(Account account) => new(
        account.Id, account.Login, account.DisplayName, account.Roles, account.Disabled, account.ExternalId is not null, account.PasswordHash is not null, account.Language, account.LockedUntil, account.CreatedAt, account.LastSignInAt);
}

/// <summary>A link to be given to the account's owner: shown once.</summary>
internal sealed record LinkView(string Link, DateTimeOffset Until);

/// <summary>A page of accounts.</summary>
/// <param name="Accounts">In the order they were made.</param>
/// <param name="Next">To be given as <c>after</c> for the next page; null on the last.</param>
internal sealed record AccountPage(IReadOnlyList<AccountView> Accounts, string? Next);

/// <summary>An account that was made, with the link to hand over.</summary>
internal sealed record AccountMade(AccountView Account, LinkView Invitation);

/// <summary>Accounts, for administrators.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts").WithTags("Accounts");
        accounts.MapGet("", async (HttpRequest request, AccountService service, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "after", "limit");
            var size = query.Number("limit", 50, 1, 500);
            var found = await service.ListAsync(query.Text("after"), size + 1, cancel).ConfigureAwait(false);
            return Results.Json(new AccountPage([.. found.Take(size).Select(AccountView.Of)], found.Count > size ? found[size - 1].Id : null), NodeJson.Options);
        }).RequireRight(Right.ManageAccounts);
        accounts.MapPost("", async (HttpRequest request, ClaimsPrincipal user, AccountService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<AccountRequest>(cancel).ConfigureAwait(false);
            if (asked.Roles.IsDefault)
                throw RequestException.Bad("roles: a list was expected; [] for none.");
            var (account, link) = await AccessCapability.TryAsync(() => service.CreateAsync(user.ToActor(), asked.Login, asked.DisplayName, asked.Roles, cancel)).ConfigureAwait(false);
            return Results.Json(new AccountMade(AccountView.Of(account), View(request, link)), NodeJson.Options, statusCode: StatusCodes.Status201Created);
        }).RequireRight(Right.ManageAccounts);
        accounts.MapGet("/{id}", async (string id, AccountService service, CancellationToken cancel) =>
            Results.Json(AccountView.Of(await service.FindAsync(id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such account.")), NodeJson.Options)).RequireRight(Right.ManageAccounts);
        accounts.MapPatch("/{id}", async (string id, HttpRequest request, ClaimsPrincipal user, AccountService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<AccountChangeRequest>(cancel).ConfigureAwait(false);
            var changed = await AccessCapability.TryAsync(() => service.ChangeAsync(user.ToActor(), id, new AccountChange(asked.DisplayName, asked.Roles, asked.Disabled, asked.Unlock), cancel)).ConfigureAwait(false);
            return Results.Json(AccountView.Of(changed), NodeJson.Options);
        }).RequireRight(Right.ManageAccounts);
        accounts.MapPost("/{id}/invitation", async (string id, HttpRequest request, ClaimsPrincipal user, AccountService service, CancellationToken cancel) =>
            Results.Json(View(request, await AccessCapability.TryAsync(() => service.InviteAsync(user.ToActor(), id, cancel)).ConfigureAwait(false)), NodeJson.Options, statusCode: StatusCodes.Status201Created)).RequireRight(Right.ManageAccounts);
    }

    /// <summary>The whole address of a link, by which somebody elsewhere opens it.</summary>
    public static LinkView View(HttpRequest request, OneTimeLink link) => new($"{request.Scheme}://{request.Host}{link.Path}", link.Until);
}
