using System.Security.Claims;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Settings;

/// <summary>Settings: what administrators change while the node runs.</summary>
internal static class SettingsCapability
{
    public static void AddSettings(this IServiceCollection services)
    {
        foreach (var definition in NodeSettings.All)
            services.AddSingleton(definition);
        services.AddSingleton<SettingsService>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsService>());
    }

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/settings").RequireRight(Right.ManageSettings);
        group.MapGet("", async (SettingsService settings, CancellationToken cancel) =>
            Results.Json(new SettingsView(await settings.AllAsync(cancel).ConfigureAwait(false)), NodeJson.Options));
        group.MapPut("/{name}", async (string name, HttpRequest request, ClaimsPrincipal user, SettingsService settings, CancellationToken cancel) =>
            await Change(settings, user, name, (await request.BodyAsync<SettingChange>(cancel).ConfigureAwait(false)).Value, cancel).ConfigureAwait(false));
        group.MapDelete("/{name}", (string name, ClaimsPrincipal user, SettingsService settings, CancellationToken cancel) =>
            Change(settings, user, name, null, cancel));
    }

    private static async Task<IResult> Change(SettingsService settings, ClaimsPrincipal user, string name, JsonElement? value, CancellationToken cancel)
    {
        try
        {
            return Results.Json(await settings.SetAsync(user.ToActor(), name, value, cancel).ConfigureAwait(false), NodeJson.Options);
        }
        catch (SettingException fault)
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: fault.Message);
        }
    }
}

/// <summary>All settings.</summary>
/// <param name="Settings">By name.</param>
internal sealed record SettingsView(IReadOnlyList<SettingView> Settings);

/// <summary>Another value for a setting.</summary>
/// <param name="Value">The value.</param>
internal sealed record SettingChange(JsonElement Value);
