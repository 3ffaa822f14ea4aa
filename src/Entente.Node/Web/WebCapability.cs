using Entente.Node.Hosting;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Entente.Node.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Web;

/// <summary>The shell of the pages: layout, language, assets, pages for what went wrong.</summary>
internal static class WebCapability
{
    public static void AddWeb(this IServiceCollection services, NodeOptions options)
    {
        _ = options;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "entente.forgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<Navigation>();
        services.AddScoped<PageAddress>();
        services.AddSingleton<EntityWords>();
        services.AddSingleton<EvidenceWords>();
        services.AddSingleton<MarkingWords>();
    }

    /// <summary>What comes before authentication: a person gets a page where a program gets problem details.</summary>
    public static void UseWebErrors(this WebApplication app) => app.UseWhen(IsForPeople, pages =>
    {
        pages.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/status/500", CreateScopeForErrors = true, StatusCodeSelector = ProblemAnswers.StatusOf });
        pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
    });

    /// <summary>What comes between authentication and authorization: the language, which the account may say.</summary>
    public static void UseWeb(this WebApplication app) => app.UseRequestLocalization();

    /// <summary>Pages and assets. After authorization, so that the forms of pages are guarded too.</summary>
    public static void MapWeb(this WebApplication app)
    {
        app.UseAntiforgery();
        WebAssets.Map(app);
        LanguageSwitch.Map(app);
        IEndpointRouteBuilder routes = app;
        EndpointDataSource[] before = [.. routes.DataSources];
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        GuardedEndpoints.Replace(routes, before);
    }

    /// <summary>Whether the answer is read by a person in a browser.</summary>
    internal static bool IsForPeople(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && http.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/html");
}
