namespace Entente.Node.Access.Oidc;

/// <summary>Sign-in through an OpenID Connect provider: section <c>Entente:Oidc</c> of the configuration.</summary>
public sealed record OidcOptions
{
    /// <summary>The provider's issuer, such as <c>https://login.example.org/realms/staff</c>; https, or http on this machine.</summary>
    public required string Authority { get; init; }

    /// <summary>The id by which the provider knows this node.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret that proves it; null for a public client. Best given in the environment: <c>ENTENTE__OIDC__CLIENTSECRET</c>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the page of the sign-in calls the provider.</summary>
    public string Name { get; init; } = "OpenID Connect";

    /// <summary>Scopes to ask for beside <c>openid profile email</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim of the id token that says what somebody is, such as <c>groups</c> or <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Which value of the claim gives which roles (comma-separated). What is not in it gives nothing.</summary>
    public IReadOnlyDictionary<string, string> RoleMap { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the provider sends people back to: <c>/sign-in/oidc</c>, to be registered there.</summary>
    public const string CallbackPath = "/sign-in/oidc";

    /// <summary>Where a sign-in through the provider begins.</summary>
    public const string BeginPath = "/sign-in/provider";

    /// <summary>The roles of somebody with these values of the claim.</summary>
    internal IReadOnlyList<Role> RolesOf(IEnumerable<string> values) =>
        [.. values.SelectMany(value => RoleMap.TryGetValue(value, out var names) ? names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : []).Select(ParseRole).Distinct().Order()];

    /// <summary>Checks what an operator wrote, before anybody signs in.</summary>
    /// <exception cref="InvalidOperationException">Says which key is wrong, and why.</exception>
    internal void Check()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
            throw new InvalidOperationException($"Entente:Oidc:Authority: '{Authority}' is no https address.");
        if (string.IsNullOrWhiteSpace(ClientId))
            throw new InvalidOperationException("Entente:Oidc:ClientId is empty.");
        foreach (var value in RoleMap.Keys)
            _ = RolesOf([value]);
    }

    private static Role ParseRole(string name) => Enum.TryParse<Role>(name, ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsAsciiDigit(name[0])
        ? role
        : throw new InvalidOperationException($"Entente:Oidc:RoleMap: '{name}' is no role. Known are: {string.Join(", ", Enum.GetNames<Role>())}.");
}
