using System.Text.Json;
using Entente.Node.Access.Keys;
using Entente.Node.Settings;
using Entente.Node.Store;

namespace Entente.Node.Access;

/// <summary>A link that works once, and for a time.</summary>
/// <param name="Path">Path and query, with the token in it; shown once.</param>
/// <param name="Until">Until when it works.</param>
internal sealed record OneTimeLink(string Path, DateTimeOffset Until);

/// <summary>Links by which an account gets its password from the person it belongs to, and from nobody else. Only a hash of the token is kept.</summary>
internal static class OneTimeLinks
{
    /// <summary>The setting that holds the first administrator's.</summary>
    public const string Setup = "access.setup";

    private const string Invitation = "access.invitation:";

    /// <summary>Makes the first administrator's; an older one no longer works.</summary>
    public static async Task<OneTimeLink> ForSetupAsync(Act act)
    {
        var (token, until) = await StoreAsync(act, Setup, TimeSpan.FromHours(24)).ConfigureAwait(false);
        return new OneTimeLink($"/setup?token={token}", until);
    }

    /// <summary>Makes one for an account; an older one no longer works.</summary>
    public static async Task<OneTimeLink> ForAccountAsync(Act act, string accountId)
    {
        var (token, until) = await StoreAsync(act, Invitation + accountId, TimeSpan.FromDays(7)).ConfigureAwait(false);
        return new OneTimeLink($"/welcome?token={accountId}.{token}", until);
    }

    /// <summary>Whether the first administrator's token is good.</summary>
    public static Task<bool> IsSetupAsync(NodeDb db, string? token, DateTimeOffset now) => IsGoodAsync(db, Setup, token, now);

    /// <summary>The account that a token is for.</summary>
    /// <returns>Null where the token is no good.</returns>
    public static async Task<string?> AccountOfAsync(NodeDb db, string? token, DateTimeOffset now)
    {
        var parts = (token ?? "").Split('.');
        return parts.Length == 2 && await IsGoodAsync(db, Invitation + parts[0], parts[1], now).ConfigureAwait(false) ? parts[0] : null;
    }

    /// <summary>Ends the first administrator's.</summary>
    public static Task EndSetupAsync(Act act) => EndAsync(act, Setup);

    /// <summary>Ends an account's.</summary>
    public static Task EndAsync(Act act, Account account) => EndAsync(act, Invitation + account.Id);

    private static async Task<(string Token, DateTimeOffset Until)> StoreAsync(Act act, string name, TimeSpan life)
    {
        var token = KeyText.NewSecret();
        var until = act.At + life;
        var value = JsonSerializer.Serialize(new Kept(Convert.ToHexStringLower(KeyText.HashOf(token)), until.ToUnixTimeSeconds()), NodeJson.Options);
        if (await act.Db.Settings.FindAsync(name).ConfigureAwait(false) is { } setting)
            (setting.Value, setting.ChangedAt, setting.ChangedBy) = (value, act.At, act.Actor.Id);
        else
            act.Db.Settings.Add(new Setting { Name = name, Value = value, ChangedAt = act.At, ChangedBy = act.Actor.Id });
        return (token, until);
    }

    private static async Task<bool> IsGoodAsync(NodeDb db, string name, string? token, DateTimeOffset now)
    {
        if (token is not { Length: 43 } || name.Length > 100 || await db.Settings.FindAsync(name).ConfigureAwait(false) is not { } setting)
            return false;
        var kept = JsonSerializer.Deserialize<Kept>(setting.Value, NodeJson.Options);
        return kept is not null && now < DateTimeOffset.FromUnixTimeSeconds(kept.Until) && KeyText.Matches(token, Convert.FromHexString(kept.Hash));
    }

    private static async Task EndAsync(Act act, string name)
    {
        if (await act.Db.Settings.FindAsync(name).ConfigureAwait(false) is { } setting)
            act.Db.Settings.Remove(setting);
    }

    private sealed record Kept(string Hash, long Until);
}
