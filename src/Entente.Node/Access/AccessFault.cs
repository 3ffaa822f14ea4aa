using Entente.Node.Hosting;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Access;

/// <summary>Why something about accounts and keys cannot be done. Pages say it in their language: <c>Fault.NAME</c> of <see cref="AccessTexts"/>.</summary>
internal enum AccessFault
{
    LoginInvalid,
    LoginTaken,
    NameInvalid,
    PasswordShort,
    PasswordLong,
    PasswordIsLogin,
    PasswordWrong,
    PasswordElsewhere,
    LastAdministrator,
    OwnAccount,
    LanguageUnknown,
    LinkInvalid,
    NotFound,
    KeyName,
    KeyDays,
    KeyScopes,
    KeysTooMany,
}

/// <summary>Something about accounts and keys cannot be done.</summary>
/// <param name="fault">Why.</param>
internal sealed class AccessFaultException(AccessFault fault) : Exception(TextOf(fault))
{
    /// <summary>Why.</summary>
    public AccessFault Fault { get; } = fault;

    /// <summary>For the API.</summary>
    public RequestException ToProblem() => new(Fault switch
    {
        AccessFault.NotFound => StatusCodes.Status404NotFound,
        AccessFault.LoginTaken or AccessFault.LastAdministrator or AccessFault.OwnAccount or AccessFault.PasswordElsewhere or AccessFault.KeysTooMany => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    }, Message);

    private static string TextOf(AccessFault fault) => fault switch
    {
        AccessFault.LoginInvalid => "login: 2 to 100 letters, digits and . _ - @ +, without spaces, were expected.",
        AccessFault.LoginTaken => "login: another account has it.",
        AccessFault.NameInvalid => "displayName: 1 to 100 characters were expected.",
        AccessFault.PasswordShort => $"password: at least {PasswordRules.Least} characters were expected.",
        AccessFault.PasswordLong => $"password: at most {PasswordRules.Most} characters were expected.",
        AccessFault.PasswordIsLogin => "password: it must not be the login.",
        AccessFault.PasswordWrong => "current: this is not the account's password.",
        AccessFault.PasswordElsewhere => "The account signs in through the provider of the organisation; its password is kept there.",
        AccessFault.LastAdministrator => "No administrator who can sign in would be left. Give the role to somebody else first.",
        AccessFault.OwnAccount => "This is your own account. Another administrator must disable it.",
        AccessFault.LanguageUnknown => "language: ar, en, fr, ru or null was expected.",
        AccessFault.LinkInvalid => "The link was used, is too old, or is not one of this node.",
        AccessFault.KeyName => "name: 1 to 100 characters were expected.",
        AccessFault.KeyDays => $"days: a whole number from 1 to {Keys.KeyService.MostDays} was expected.",
        AccessFault.KeyScopes => "scopes: only rights that you have yourself can be given to a key.",
        AccessFault.KeysTooMany => $"The account has {Keys.KeyService.MostKeys} keys in use. Revoke one first.",
        _ => "There is no such account or key.",
    };
}
