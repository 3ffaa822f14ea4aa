using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Web.Components;

/// <summary>A page with plain forms that do something: who acts, what was sent, and what is said when it cannot be done.</summary>
public abstract class ActingPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter] protected HttpContext? Http { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>Where to go.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Who is signed in.</summary>
    protected ClaimsPrincipal User { get; private set; } = new();

    /// <summary>Why what was asked could not be done, in the words of the service; null when it could.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Ends the work when the browser goes away.</summary>
    protected CancellationToken Cancel => Http?.RequestAborted ?? CancellationToken.None;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Authentication is not null)
            User = (await Authentication).User;
    }

    /// <summary>Whether who is signed in may.</summary>
    /// <param name="right">What is asked for.</param>
    protected bool May(Right right) => User.May(right);

    /// <summary>What a field of the form that was sent holds; empty where it has none.</summary>
    /// <param name="name">The field.</param>
    protected string Sent(string name) => Http is { Request: { HasFormContentType: true } request } ? request.Form[name].ToString().Trim() : "";

    /// <summary>What all fields of that name hold in the form that was sent.</summary>
    /// <param name="name">The fields.</param>
    protected IReadOnlyList<string> SentAll(string name) => Http is { Request: { HasFormContentType: true } request } ? [.. request.Form[name].OfType<string>().Select(value => value.Trim())] : [];

    /// <summary>Answers that there is no such thing.</summary>
    protected void NotFound()
    {
        if (Http is { Response.HasStarted: false })
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Does what a form asks for, then shows a page anew: loading it again does nothing twice.</summary>
    /// <param name="right">The right that it asks for; the page itself may be for more people.</param>
    /// <param name="act">Does it.</param>
    /// <param name="then">The page to show.</param>
    protected Task ActAsync(Right right, Func<Actor, Task> act, string then) => ActAsync(right, act, () => then);

    /// <summary>As the other, where the page to show depends on what came of it.</summary>
    /// <param name="right">The right that it asks for.</param>
    /// <param name="act">Does it.</param>
    /// <param name="then">The page to show.</param>
    protected async Task ActAsync(Right right, Func<Actor, Task> act, Func<string> then)
    {
        ArgumentNullException.ThrowIfNull(then);
        await ActAsync(right, act);
        if (Problem is null)
            Navigation.NavigateTo(then());
    }

    /// <summary>As the others, and stays on this page: for what is shown once and not kept.</summary>
    /// <param name="right">The right that it asks for.</param>
    /// <param name="act">Does it.</param>
    protected async Task ActAsync(Right right, Func<Actor, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (!May(right))
            throw RequestException.Forbidden("Your roles do not include the right to do this.");
        try
        {
            await act(User.ToActor());
        }
        catch (RequestException fault)
        {
            Problem = fault.Message;
            if (Http is { Response.HasStarted: false })
                Http.Response.StatusCode = fault.Status;
        }
    }
}
