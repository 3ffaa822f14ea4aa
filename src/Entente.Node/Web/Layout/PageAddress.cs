using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Entente.Node.Web.Layout;

/// <summary>The address of this page as the browser shows it, also where another page stands in its place because something went wrong.</summary>
/// <param name="accessor">The request.</param>
internal sealed class PageAddress(IHttpContextAccessor accessor)
{
    /// <summary>Path and query, from the slash on.</summary>
    public string Here
    {
        get
        {
            var (path, query) = Parts();
            return path + query.ToUriComponent();
        }
    }

    /// <summary>The same, without the language that it may ask for: the switch is to win.</summary>
    public string WithoutLanguage
    {
        get
        {
            var (path, query) = Parts();
            return path + new QueryBuilder(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query.Value).Where(part => part.Key != "lang")).ToQueryString().ToUriComponent();
        }
    }

    private (string Path, QueryString Query) Parts()
    {
        if (accessor.HttpContext is not { } http)
            return ("/", QueryString.Empty);
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is { } gone)
            return (gone.OriginalPath, new QueryString(gone.OriginalQueryString));
        if (http.Features.Get<IExceptionHandlerPathFeature>() is { } failed)
            return (failed.Path, QueryString.Empty);
        return (http.Request.Path.ToUriComponent(), http.Request.QueryString);
    }
}
