using Entente.Node.Hosting;
using Entente.Node.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Audit;

/// <summary>The audit trail: what was done, by whom, and that nobody changed the record of it.</summary>
internal static class AuditCapability
{
    public static IServiceCollection AddAudit(this IServiceCollection services, NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services
            .AddSingleton<AuditService>()
            .AddSingleton<ScreeningReplay>()
            .AddSingleton<SettingDefinition>(RetentionRules.Definition)
            .AddSingleton<RetentionService>()
            .AddHostedService<AuditAnchor>()
            .AddHostedService<RetentionJob>();
    }

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/audit").WithTags("Audit");
        AuditEndpoints.Map(group);
        RetentionEndpoints.Map(group);
    }
}
