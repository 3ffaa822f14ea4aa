using Entente.Node.Access.Accounts;
using Entente.Node.Access.Keys;
using Entente.Node.Access.Oidc;
using Entente.Node.Access.Protection;
using Entente.Node.Access.Sessions;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Entente.Node.Access;

/// <summary>Who may: accounts, sessions, keys, rights, and the protection of every answer.</summary>
internal static class AccessCapability
{
    public static void AddAccess(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<GuessLimiter>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<AccountService>();
        services.AddSingleton<KeyService>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddHostedService<FirstStart>();
        services.AddScoped<AuthenticationStateProvider, CircuitAccess>();
        services.AddDataProtection().SetApplicationName("entente");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new StoredKeys(provider.GetRequiredService<NodeStore>(), provider.GetRequiredService<Ledger>())));
        var authentication = services.AddAuthentication(AccessSchemes.Any)
            .AddPolicyScheme(AccessSchemes.Any, null, any => any.ForwardDefaultSelector = AccessSchemes.Choose)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(AccessSchemes.Key, null)
            .AddCookie(AccessSchemes.Session, SessionCookie.Configure);
        if (options.Oidc is { } provider)
            authentication.AddOpenIdConnect(AccessSchemes.Provider, oidc => OidcSignIn.Configure(oidc, provider));
        services.AddAuthorization(authorization => authorization.AddRights());
        services.AddLogging(KeepSecretsOut);
    }

    /// <summary>First of all: from where, by which address, and what every answer says.</summary>
    public static void UseProtection(this WebApplication app)
    {
        app.UsePublicAddress();
        app.UseAnswerHeaders();
    }

    /// <summary>Who asks. After routing.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseSameOrigin();
    }

    public static void MapAccess(this WebApplication app)
    {
        app.MapSession();
        app.MapAccounts();
        app.MapKeys();
        if (app.Services.GetRequiredService<NodeOptions>().Oidc is not null)
            app.MapProvider();
    }

    /// <summary>Does it, and says in the API's way why it cannot be done.</summary>
    public static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (AccessFaultException fault)
        {
            throw fault.ToProblem();
        }
    }

    /// <summary>As <see cref="TryAsync{T}"/>, for work that returns nothing.</summary>
    public static Task TryAsync(Func<Task> work) => TryAsync(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    private static void KeepSecretsOut(ILoggingBuilder logging)
    {
        // It would write whole addresses, with the tokens of one-time links and the codes of the provider.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // It would warn at each start that the keys are not encrypted, which docs/security.md says.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
    }
}
