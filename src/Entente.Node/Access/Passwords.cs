using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Entente.Node.Access;

/// <summary>What a password must be: long, and not the login. Nothing is asked of its characters (NIST SP 800-63B, 3.1.1.2).</summary>
internal static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int Least = 12;

    /// <summary>Most characters: a hash of more would only cost time.</summary>
    public const int Most = 256;

    /// <summary>Checks a new password.</summary>
    /// <exception cref="AccessFaultException">It may not be used.</exception>
    public static void Check(string login, string password)
    {
        if (password.EnumerateRunes().Count() < Least)
            throw new AccessFaultException(AccessFault.PasswordShort);
        if (password.Length > Most)
            throw new AccessFaultException(AccessFault.PasswordLong);
        if (string.Equals(Passwords.Folded(password)?.Trim(), Passwords.Folded(login), StringComparison.OrdinalIgnoreCase))
            throw new AccessFaultException(AccessFault.PasswordIsLogin);
    }
}

/// <summary>Hashes passwords and checks them, by the password hasher of ASP.NET Core (PBKDF2, HMAC-SHA512).</summary>
internal sealed class Passwords : IDisposable
{
    // As OWASP's cheat sheet on password storage asks of HMAC-SHA512.
    private const int Iterations = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    // Guessing must not take all processors from those who screen.
    private readonly SemaphoreSlim _atOnce = new(Math.Max(1, Environment.ProcessorCount / 2));

    // Nobody's password: checked where there is no account, so that the answer takes as long.
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new Lazy<string>(() => _hasher.HashPassword(null!, Keys.KeyText.NewSecret()));

    /// <summary>Hashes a new password.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancel)
    {
        await _atOnce.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => _hasher.HashPassword(null!, Folded(password) ?? throw new AccessFaultException(AccessFault.PasswordShort)), cancel).ConfigureAwait(false);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>Checks a password.</summary>
    /// <param name="hash">The account's; null takes as long and fails.</param>
    /// <param name="password">What was sent.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        var folded = password.Length > PasswordRules.Most ? null : Folded(password);
        await _atOnce.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var result = await Task.Run(() => _hasher.VerifyHashedPassword(null!, hash ?? _nobodys.Value, folded ?? ""), cancel).ConfigureAwait(false);
            return hash is null || folded is null ? PasswordVerificationResult.Failed : result;
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>A text as any keyboard would write it; null where it is no text.</summary>
    public static string? Folded(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public void Dispose() => _atOnce.Dispose();
}

/// <summary>What people sign in with.</summary>
internal static class Logins
{
    private const int Most = 100;

    /// <summary>A login as it is kept: in lower case.</summary>
    /// <returns>Null where it can be none.</returns>
    public static string? Normalise(string? text)
    {
        var login = text is null || text.Length > 2 * Most ? null : Passwords.Folded(text.Trim())?.ToLowerInvariant();
        return login is { Length: >= 2 and <= Most } && login.All(letter => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || IsMark(letter) || letter is '.' or '_' or '-' or '@' or '+') ? login : null;
    }

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
