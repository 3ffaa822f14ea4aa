using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Bulk;
using Entente.Node.Contribution;
using Entente.Node.Docs;
using Entente.Node.Entities;
using Entente.Node.Holdings;
using Entente.Node.Hosting.Limits;
using Entente.Node.Lists;
using Entente.Node.Monitoring;
using Entente.Node.Overlap;
using Entente.Node.Partners;
using Entente.Node.Reconcile;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Node.Taxii;
using Entente.Node.Telemetry;
using Entente.Node.Watchman;
using Entente.Node.Web;
using Entente.Node.Yente;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Entente.Node.Hosting;

/// <summary>Puts the node together: each capability adds its services and its endpoints here, and nowhere else.</summary>
public static class NodeHost
{
    /// <summary>Makes a node that is ready to be run.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="configure">Changes the builder before it is built: addresses, logging, another clock.</param>
    /// <returns>The application; run it, or start and stop it.</returns>
    public static WebApplication Build(NodeOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The content lies beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = "entente",
            // No code of others is loaded because a variable of the environment names it.
            Args = ["--preventHostingStartup=true"],
        });
        builder.WebHost.ConfigureKestrel(server => server.Bound(options));
        AddServices(builder.Services, options);
        builder.AddTelemetry(options);
        configure?.Invoke(builder);
        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Postgres is { } postgres ? NodeStore.OnPostgres(postgres) : NodeStore.InFolder(options.DataFolder));
        services.AddSingleton<Ledger>();
        services.AddHostedService<StoreMigration>();
        services.AddTaxii();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemAnswers.Complete);
        services.AddExceptionHandler<ProblemAnswers>();
        services.AddLimits(options);
        services.AddAccess(options);
        services.AddHttpContextAccessor();
        services.AddLists();
        services.AddSingleton<ScreeningService>();
        services.AddReconcile(options);
        services.AddDocs();
        services.AddAudit(options);
        services.AddSettings();
        services.AddAlerts();
        services.AddSubjects();
        services.AddMonitoring();
        services.AddBulk();
        services.AddPartners();
        services.AddHoldings();
        services.AddOverlap();
        services.AddContribution();
        services.AddWeb(options);
    }

    private static void Use(WebApplication app)
    {
        app.UseProtection();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseWebErrors();
        // After the errors, so that a page for one is routed to.
        app.UseRouting();
        app.UseCors();
        app.UseAccess();
        app.UseWeb();
        app.UseLimits();
        app.Use(NotFoundBeforeForbidden);
        app.UseAuthorization();
        app.MapLists();
        app.MapEntities();
        app.MapAccess();
        app.MapSettings();
        app.MapAlerts();
        app.MapSubjects();
        app.MapMonitoring();
        app.MapYente();
        app.MapReconcile();
        app.MapWatchman();
        app.MapDocs();
        app.MapAudit();
        app.MapBulk();
        app.MapPartners();
        app.MapHoldings();
        app.MapOverlap();
        app.MapContribution();
        app.MapTaxii();
        app.MapTelemetry();
        app.MapWeb();
    }

    /// <summary>What does not exist is not found, for everybody; else the rule that refuses by default would say that it is forbidden.</summary>
    private static Task NotFoundBeforeForbidden(HttpContext http, RequestDelegate next)
    {
        // What routing itself answers, such as that a method is not served here, is no endpoint of ours and has no rights.
        if (http.GetEndpoint() is { } endpoint)
            return endpoint is RouteEndpoint || endpoint.RequestDelegate is not { } answer ? next(http) : answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Brings the schema up to date before anything else starts.</summary>
    private sealed class StoreMigration(NodeStore store) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
