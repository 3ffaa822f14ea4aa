using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Entente.Node.Access;

/// <summary>Says of an endpoint or a page which right it asks for.</summary>
/// <remarks>Every endpoint says so, or says <c>AllowAnonymous</c>: one that says neither answers nobody, and a test finds it.</remarks>
/// <param name="right">The right.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireRightAttribute(Right right) : AuthorizeAttribute(PolicyOf(right))
{
    /// <summary>The right.</summary>
    public Right Right { get; } = right;

    /// <summary>The name of the policy that asks for a right.</summary>
    internal static string PolicyOf(Right right) => $"right:{right}";
}

/// <summary>Marks what anybody who is signed in may reach, whatever the roles.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireSignInAttribute() : AuthorizeAttribute;

/// <summary>Says of an endpoint that one of several rights is enough.</summary>
/// <param name="Rights">The rights.</param>
internal sealed record AnyRightMetadata(IReadOnlyList<Right> Rights);

/// <summary>Rights on endpoints.</summary>
public static class RightExtensions
{
    /// <summary>The type of a claim that holds a right.</summary>
    public const string RightClaim = "entente:right";

    /// <summary>Asks for a right.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="right">The right.</param>
    public static TBuilder RequireRight<TBuilder>(this TBuilder builder, Right right)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(new RequireRightAttribute(right));

    /// <summary>Asks for one of several rights, where the endpoint itself tells apart what each of them opens.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="rights">The rights; one is enough.</param>
    public static TBuilder RequireAnyRight<TBuilder>(this TBuilder builder, params Right[] rights)
        where TBuilder : IEndpointConventionBuilder => builder
            .WithMetadata(new AnyRightMetadata(rights))
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireClaim(RightClaim, rights.Select(right => right.ToString())));

    /// <summary>Adds a policy for each right, and one that refuses where an endpoint says nothing.</summary>
    /// <param name="options">The options.</param>
    internal static void AddRights(this AuthorizationOptions options)
    {
        foreach (var right in Enum.GetValues<Right>())
            options.AddPolicy(RequireRightAttribute.PolicyOf(right), policy => policy.RequireAuthenticatedUser().RequireClaim(RightClaim, right.ToString()));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
    }

    /// <summary>Who acts in a request or on a page, as its claims say.</summary>
    /// <param name="user">The signed-in user.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint should have refused.</exception>
    public static Actor ToActor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var id = user.FindFirstValue(ActorClaim) ?? throw new InvalidOperationException("Nobody is signed in.");
        return new Actor(id, user.FindFirstValue(ClaimTypes.NameIdentifier), user.FindAll(RightClaim).Select(claim => Enum.Parse<Right>(claim.Value)).ToHashSet());
    }

    /// <summary>The type of the claim that holds <see cref="Actor.Id"/>; the account's id is the standard name identifier.</summary>
    public const string ActorClaim = "entente:actor";
}
