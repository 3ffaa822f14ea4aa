using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Access.Pages;

/// <summary>A page of sign-in, accounts or keys: rendered by the server, with plain forms.</summary>
public abstract class AccessPage : ComponentBase
{
    /// <summary>The texts.</summary>
    [Inject] protected IStringLocalizer<AccessTexts> Texts { get; set; } = null!; // set by the framework

    /// <summary>Where one is.</summary>
    [Inject] protected NavigationManager Address { get; set; } = null!; // set by the framework

    /// <summary>The request.</summary>
    [CascadingParameter] protected HttpContext Http { get; set; } = null!; // these pages are rendered within a request only

    /// <summary>Key of what went wrong; null for nothing.</summary>
    protected string? Fault { get; set; }

    /// <summary>Key of what went well; null for nothing.</summary>
    protected string? Done { get; set; }

    /// <summary>Ends the wait for the store when the reader goes away.</summary>
    protected CancellationToken Cancel => Http.RequestAborted;

    /// <summary>Who reads.</summary>
    protected Actor Reader => Http.User.ToActor();

    /// <summary>A field of the form that was sent.</summary>
    protected string Field(string name) => Http.Request.HasFormContentType ? Http.Request.Form[name].ToString() : "";

    /// <summary>Roles that were ticked.</summary>
    protected IReadOnlyList<Role> RolesSent() => Chosen<Role>("roles");

    /// <summary>What was ticked of several boxes.</summary>
    protected IReadOnlyList<T> Chosen<T>(string name)
        where T : struct, Enum =>
        Http.Request.HasFormContentType ? [.. Http.Request.Form[name].Select(value => Enum.TryParse<T>(value, out var one) && Enum.IsDefined(one) ? one : (T?)null).OfType<T>()] : [];

    /// <summary>Does what a form asks for, and keeps what went wrong.</summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Fault = null;
        try
        {
            await work();
            return true;
        }
        catch (AccessFaultException fault)
        {
            Fault = $"Fault.{fault.Fault}";
            return false;
        }
    }

    /// <summary>Whether a new password was typed the same twice.</summary>
    protected bool TypedTwice()
    {
        if (Field("password") == Field("again"))
            return true;
        Fault = "Fault.PasswordsDiffer";
        return false;
    }
}
