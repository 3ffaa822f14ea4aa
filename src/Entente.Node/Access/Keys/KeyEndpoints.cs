using System.Collections.Immutable;
using System.Security.Claims;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Access.Keys;

internal sealed record KeyRequest(string Name, ImmutableArray<Right> Scopes, int Days = KeyService.UsualDays);

/// <summary>A key without its secret.</summary>
internal sealed record KeyView(string Id, string AccountId, string Name, IReadOnlyList<Right> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    public static KeyView Of(ApiKey key) => new(key.Id, key.AccountId, key.Name, key.Rights, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}

/// <summary>A page of keys.</summary>
/// <param name="Keys">The newest first.</param>
/// <param name="Next">To be given as <c>after</c> for the next page; null on the last.</param>
internal sealed record KeyPage(IReadOnlyList<KeyView> Keys, string? Next);

/// <summary>A key that was made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What the program sends; shown this once.</param>
internal sealed record KeyMade(KeyView Key, string Secret);

/// <summary>API keys: one's own, and everybody's for administrators.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").WithTags("Keys");
        keys.MapGet("", async (HttpRequest request, ClaimsPrincipal user, KeyService service, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "account", "after", "limit");
            var account = query.Text("account");
            var actor = user.ToActor();
            if (account is not null && account != actor.AccountId && !actor.May(Right.ManageAccounts))
                throw new RequestException(StatusCodes.Status403Forbidden, "account: only administrators see the keys of others.");
            var size = query.Number("limit", 50, 1, 500);
            var found = await service.ListAsync(account == "all" ? null : account ?? actor.AccountId, query.Text("after"), size + 1, cancel).ConfigureAwait(false);
            return Results.Json(new KeyPage([.. found.Take(size).Select(KeyView.Of)], found.Count > size ? found[size - 1].Id : null), NodeJson.Options);
        }).RequireRight(Right.ManageOwnKeys);
        keys.MapPost("", async (HttpRequest request, ClaimsPrincipal user, KeyService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<KeyRequest>(cancel).ConfigureAwait(false);
            if (asked.Scopes.IsDefault)
                throw RequestException.Bad("scopes: a list was expected.");
            var (key, text) = await AccessCapability.TryAsync(() => service.CreateAsync(user.ToActor(), asked.Name, asked.Scopes, asked.Days, cancel)).ConfigureAwait(false);
            // The only time that it is shown.
            return Results.Json(new KeyMade(KeyView.Of(key), text), NodeJson.Options, statusCode: StatusCodes.Status201Created);
        }).RequireRight(Right.ManageOwnKeys);
        keys.MapDelete("/{id}", async (string id, ClaimsPrincipal user, KeyService service, CancellationToken cancel) =>
        {
            await AccessCapability.TryAsync(() => service.RevokeAsync(user.ToActor(), id, cancel)).ConfigureAwait(false);
            return Results.NoContent();
        }).RequireRight(Right.ManageOwnKeys);
    }
}
