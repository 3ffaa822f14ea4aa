using Entente.Node.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Entente.Node.Web;

/// <summary>The endpoints of Blazor, of which those that it brings itself say who may reach them.</summary>
/// <remarks>
/// The pages say it by their attributes. The connection of a page that answers as one types does not, and takes no convention
/// either; it is for whoever is signed in, and what happens on it asks for rights itself.
/// </remarks>
/// <param name="inner">Blazor's own.</param>
internal sealed class GuardedEndpoints(EndpointDataSource inner) : EndpointDataSource
{
    private IReadOnlyList<Endpoint>? _from, _guarded;

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            var endpoints = inner.Endpoints;
            if (_guarded is null || !ReferenceEquals(_from, endpoints))
                (_guarded, _from) = ([.. endpoints.Select(Guard)], endpoints);
            return _guarded;
        }
    }

    public override IChangeToken GetChangeToken() => inner.GetChangeToken();

    /// <summary>Puts itself in the place of Blazor's endpoints.</summary>
    public static void Replace(IEndpointRouteBuilder routes, IReadOnlyCollection<EndpointDataSource> before)
    {
        foreach (var added in routes.DataSources.Except(before).ToList())
        {
            routes.DataSources.Remove(added);
            routes.DataSources.Add(new GuardedEndpoints(added));
        }
    }

    private static Endpoint Guard(Endpoint endpoint)
    {
        var path = (endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/') ?? "";
        object? says = path.StartsWith("_blazor", StringComparison.Ordinal) ? new RequireSignInAttribute()
            : path.StartsWith("_framework/", StringComparison.Ordinal) ? new AllowAnonymousAttribute()
            : null;
        return says is null || endpoint is not RouteEndpoint route
            ? endpoint
            : new RouteEndpoint(route.RequestDelegate!, route.RoutePattern, route.Order, new EndpointMetadataCollection([.. route.Metadata, says]), route.DisplayName);
    }
}
