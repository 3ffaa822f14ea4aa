namespace Entente.Node.Web.Layout;

/// <summary>Where the shell leads to for what concerns one's own account.</summary>
internal static class AccountPaths
{
    /// <summary>One's own account: language, password, keys.</summary>
    public const string Account = "/account";

    /// <summary>Takes a form that ends the session.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>Where one signs in; <c>?ReturnUrl=</c> leads back.</summary>
    public const string SignIn = "/sign-in";
}
