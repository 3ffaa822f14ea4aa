using System.Security.Claims;
using Entente.Node.Access;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Web.Layout;

/// <summary>One page of the side navigation.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Text">Key of its name in <see cref="WebTexts"/>.</param>
/// <param name="Icon">Its picture: see <see cref="Components.Icon"/>.</param>
/// <param name="Rights">Any of these lets somebody in; none for everybody who is signed in.</param>
public sealed record NavigationItem(string Path, string Text, string Icon, params Right[] Rights);

/// <summary>The pages that somebody may open.</summary>
/// <remarks>It only hides what would be refused: the pages themselves ask for their right.</remarks>
/// <param name="endpoints">What this node serves: a page that it lacks is not shown.</param>
internal sealed class Navigation(EndpointDataSource endpoints)
{
    private static readonly NavigationItem[] All =
    [
        new("/", "Nav.Home", "home"),
        new("/screen", "Nav.Screen", "screen", Right.Screen),
        new("/alerts", "Nav.Alerts", "alert", Right.ReadAlerts),
        new("/subjects", "Nav.Subjects", "subjects", Right.ReadSubjects),
        new("/bulk", "Nav.Bulk", "bulk", Right.RunBulk),
        new("/lists", "Nav.Lists", "lists"),
        new("/feed", "Nav.Feed", "clock", Right.ReadSubjects),
        new("/records", "Nav.Records", "records", Right.ReadRecords),
        new("/releases", "Nav.Releases", "release", Right.ReadRecords),
        new("/overlap", "Nav.Overlap", "overlap", Right.ReadRecords),
        new("/partners", "Nav.Partners", "partners", Right.ReadPartners),
        new("/contribution", "Nav.Contribution", "pie", Right.ReadPartners),
        new("/audit", "Nav.Audit", "audit", Right.ReadAudit),
        new("/accounts", "Nav.Accounts", "accounts", Right.ManageAccounts),
        new("/collections", "Nav.Collections", "records", Right.ManageSettings),
        new("/webhooks", "Nav.Webhooks", "link", Right.ManageSettings),
        new("/settings", "Nav.Settings", "settings", Right.ManageSettings),
    ];

    private readonly Lazy<HashSet<string>> _paths = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether this node has a page.</summary>
    /// <param name="path">Its address, as routed.</param>
    public bool Has(string path) => _paths.Value.Contains(path);

    /// <summary>The pages for somebody, in order.</summary>
    public IReadOnlyList<NavigationItem> For(ClaimsPrincipal user) => user.Identity is not { IsAuthenticated: true }
        ? []
        : [.. All.Where(item => Has(item.Path) && (item.Rights.Length == 0 || item.Rights.Any(user.May)))];
}

/// <summary>Rights on pages.</summary>
internal static class UserExtensions
{
    /// <summary>Whether somebody may.</summary>
    public static bool May(this ClaimsPrincipal user, Right right) => user.HasClaim(RightExtensions.RightClaim, right.ToString());
}
