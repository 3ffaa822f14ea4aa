using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Access;

/// <summary>Somebody who may sign in, by a password kept here or through an OpenID Connect provider.</summary>
public sealed class Account
{
    /// <summary>The id; says nothing about the person.</summary>
    public required string Id { get; init; }

    /// <summary>What the person signs in with, in lower case: a name or an address. Unique.</summary>
    public required string Login { get; set; }

    /// <summary>What others see.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The roles, comma-separated and in the order of <see cref="Role"/>; empty for none.</summary>
    public required string RoleNames { get; set; }

    /// <summary>The password, hashed by ASP.NET Core's password hasher; null where the person signs in elsewhere, or has no password yet.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Issuer and subject of an OpenID Connect sign-in, joined by a space; null for a local account. Unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The interface language, such as <c>ar</c>; null for what the browser asks for.</summary>
    public string? Language { get; set; }

    /// <summary>Whether sign-in is refused.</summary>
    public bool Disabled { get; set; }

    /// <summary>Sign-ins that failed since the last that succeeded.</summary>
    public int FailedSignIns { get; set; }

    /// <summary>Until when sign-in is refused because too many failed; null when it is not.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Changes when all sessions of the account shall end: a new password, other roles, disabled.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last sign-in that succeeded; null where there was none.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>The roles.</summary>
    public IReadOnlyList<Role> Roles => [.. RoleNames.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];
}

/// <summary>A key by which a program acts for an account. The secret is shown once and kept as a hash only.</summary>
public sealed class ApiKey
{
    /// <summary>The id, which is part of what the program sends.</summary>
    public required string Id { get; init; }

    /// <summary>The account that it acts for.</summary>
    public required string AccountId { get; init; }

    /// <summary>What it is for, in the owner's words.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, which is random and long enough that no slow hash is needed.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>What it may do, comma-separated; never more than the account may at the time.</summary>
    public required string Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The day on which it was last used; null where it was not.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<Right> Rights => [.. Scopes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Right>)];
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasIndex(account => account.Login).IsUnique();
        builder.HasIndex(account => account.ExternalId).IsUnique();
        builder.Ignore(account => account.Roles);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasIndex(key => key.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId);
        builder.Ignore(key => key.Rights);
    }
}
