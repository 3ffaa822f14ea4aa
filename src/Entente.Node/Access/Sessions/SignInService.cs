using System.Net;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access.Sessions;

/// <summary>How a sign-in ended.</summary>
/// <param name="AccountId">Who signed in; null where it was refused.</param>
/// <param name="Stamp">The account's stamp.</param>
/// <param name="Wait">How long no more may be tried from this address; null where more may.</param>
internal sealed record SignInOutcome(string? AccountId, string? Stamp, TimeSpan? Wait)
{
    /// <summary>The one answer to an unknown login, a wrong password, a locked and a disabled account.</summary>
    public static SignInOutcome Refused { get; } = new(null, null, null);
}

/// <summary>Signs people in by login and password, and out.</summary>
internal sealed class SignInService(NodeStore store, Ledger ledger, Passwords passwords, GuessLimiter limiter, AccessDirectory directory, TimeProvider clock)
{
    /// <summary>So many failures in a row lock an account.</summary>
    public const int FailuresToLock = 5;

    private static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(15), LongestLock = TimeSpan.FromHours(4);

    /// <summary>Signs in.</summary>
    /// <param name="login">What was typed.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SignInOutcome> PasswordAsync(string login, string password, IPAddress? address, CancellationToken cancel)
    {
        if (limiter.Begin(address) is { } wait)
            return SignInOutcome.Refused with { Wait = wait };
        var found = await FindAsync(login, cancel).ConfigureAwait(false);
        var verified = await passwords.VerifyAsync(found?.PasswordHash, password, cancel).ConfigureAwait(false);
        var rehashed = verified == PasswordVerificationResult.SuccessRehashNeeded ? await passwords.HashAsync(password, cancel).ConfigureAwait(false) : null;
        var right = verified != PasswordVerificationResult.Failed;
        // Who only claims to be somebody has not acted as them. Decided within the act: many that guess at once come one after another.
        var outcome = await ledger.ActAsync(right ? new Actor($"account:{found!.Id}", found.Id, new HashSet<Right>()) : Actor.System("access"), async act =>
        {
            var id = found?.Id ?? "";
            var account = await act.Db.Accounts.SingleOrDefaultAsync(account => account.Id == id, cancel).ConfigureAwait(false);
            if (Refusal(account, found, right, act.At) is { } reason)
            {
                Count(account, reason, act.At);
                // What was typed as a login is not kept: it may be a password.
                act.Record(AuditAction.SignInFailed, $"account:{account?.Id ?? "unknown"}", new { reason, address = address?.ToString(), account?.LockedUntil });
                return SignInOutcome.Refused;
            }
            account!.FailedSignIns = 0;
            account.LockedUntil = null;
            account.LastSignInAt = act.At;
            account.PasswordHash = rehashed ?? account.PasswordHash;
            act.Record(AuditAction.SignedIn, $"account:{account.Id}", new { by = "password", address = address?.ToString() });
            return new SignInOutcome(account.Id, account.SecurityStamp, null);
        }, cancel).ConfigureAwait(false);
        if (outcome.AccountId is not null)
            limiter.Succeeded(address);
        return outcome;
    }

    /// <summary>Ends all sessions of an account: a cookie that somebody else copied is worth nothing afterwards.</summary>
    /// <param name="actor">Who signs out.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SignOutAsync(Actor actor, CancellationToken cancel)
    {
        await ledger.ActAsync(actor, async act =>
        {
            var account = await act.Db.Accounts.SingleAsync(account => account.Id == actor.AccountId, cancel).ConfigureAwait(false);
            account.SecurityStamp = NewStamp();
            act.Record(AuditAction.SignedOut, $"account:{account.Id}", new { });
        }, cancel).ConfigureAwait(false);
        directory.Changed();
    }

    /// <summary>A new stamp: sessions with the old one end.</summary>
    public static string NewStamp() => Keys.KeyText.NewSecret();

    /// <summary>The time, for a session that begins.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    private async Task<Account?> FindAsync(string login, CancellationToken cancel)
    {
        var kept = Logins.Normalise(login) ?? "";
        await using var db = store.Open();
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Login == kept, cancel).ConfigureAwait(false);
    }

    private static string? Refusal(Account? account, Account? found, bool right, DateTimeOffset now)
    {
        if (account is null)
            return "unknown login";
        if (account.LockedUntil > now)
            return "locked";
        if (!right || account.PasswordHash != found!.PasswordHash)
            return "wrong password";
        return account.Disabled ? "disabled" : null;
    }

    /// <summary>Each fifth failure locks, twice as long as the one before. Failures while it is locked prolong nothing: nobody is shut out for good.</summary>
    private static void Count(Account? account, string reason, DateTimeOffset now)
    {
        if (account is null || reason != "wrong password")
            return;
        account.FailedSignIns++;
        if (account.FailedSignIns % FailuresToLock == 0)
            account.LockedUntil = now + LockFor(account.FailedSignIns / FailuresToLock);
    }

    /// <summary>How long the nth lock lasts.</summary>
    internal static TimeSpan LockFor(int nth) => TimeSpan.FromTicks(Math.Min(LongestLock.Ticks, FirstLock.Ticks << Math.Min(nth - 1, 8)));
}
