using Entente.Node.Access.Keys;
using Entente.Node.Access.Sessions;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Entente.Node.Access;

/// <summary>Who may: accounts, sessions, keys, rights, and the protection of every answer.</summary>
internal static class AccessCapability
{
    public static void AddAccess(this IServiceCollection services, NodeOptions options)
    {
        _ = options;
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddDataProtection().SetApplicationName("entente");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new StoredKeys(provider.GetRequiredService<NodeStore>(), provider.GetRequiredService<Ledger>())));
        services.AddAuthentication(AccessSchemes.Any)
            .AddPolicyScheme(AccessSchemes.Any, null, any => any.ForwardDefaultSelector = AccessSchemes.Choose)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(AccessSchemes.Key, null)
            .AddCookie(AccessSchemes.Session, SessionCookie.Configure);
        services.AddAuthorization(authorization => authorization.AddRights());
    }
}
