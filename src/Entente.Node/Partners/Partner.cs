using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Partners;

/// <summary>How far it has come with a partner.</summary>
public enum PartnerState
{
    /// <summary>Its card is here, and nobody has compared the fingerprint yet: nothing flows.</summary>
    Introduced,

    /// <summary>A person compared the fingerprint: what agreements allow may flow.</summary>
    Confirmed,

    /// <summary>Suspended by a person: nothing flows, in either direction, until it is taken up again.</summary>
    Suspended,
}

/// <summary>Another node.</summary>
public sealed class Partner
{
    /// <summary>The id of the node, which stays when its keys change.</summary>
    public required string Id { get; init; }

    /// <summary>What it calls itself; people here may rename it.</summary>
    public required string Name { get; set; }

    /// <summary>Where its partner port is reached, such as <c>https://node.example.org:8444</c>; empty where only it can reach us.</summary>
    public required string Address { get; set; }

    /// <summary>Its card: identity and keys, signed by itself.</summary>
    public required string Card { get; set; }

    /// <summary>SHA-256 of its present public key, in base64url: what its connections are known by.</summary>
    public required string KeyHash { get; set; }

    /// <summary>How far it has come.</summary>
    public PartnerState State { get; set; }

    /// <summary>Why it is suspended, for people; null where it is not.</summary>
    public string? SuspendedBecause { get; set; }

    /// <summary>When its card came.</summary>
    public DateTimeOffset IntroducedAt { get; init; }

    /// <summary>When somebody here compared the fingerprint.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The last of its events that was applied here.</summary>
    public long ReadTo { get; set; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset? HeardAt { get; set; }
}

/// <summary>What stands between this node and a partner about an agreement.</summary>
public enum AgreementStanding
{
    /// <summary>Signed here, not yet there.</summary>
    Proposed,

    /// <summary>Signed there; a person here has to sign or decline.</summary>
    Offered,

    /// <summary>Signed by both: in force between its start and its end.</summary>
#pragma warning disable CA1720 // Signed by somebody: no type is meant.
    Signed,
#pragma warning restore CA1720

    /// <summary>Declined by either.</summary>
    Declined,

    /// <summary>Ended by either before its time, or replaced by a later one.</summary>
    Ended,
}

/// <summary>An agreement with a partner, proposed or signed.</summary>
public sealed class PartnerAgreement
{
    /// <summary>The agreement's own id, the same on both nodes.</summary>
    public required string Id { get; init; }

    /// <summary>The partner.</summary>
    public required string PartnerId { get; init; }

    /// <summary>The terms as both sign them.</summary>
    public required string Terms { get; init; }

    /// <summary>This node's signature over the terms; null where it has not signed.</summary>
    public string? Ours { get; set; }

    /// <summary>The partner's signature over the terms; null where it has not signed.</summary>
    public string? Theirs { get; set; }

    /// <summary>Where it stands.</summary>
    public AgreementStanding State { get; set; }

    /// <summary>When it came to be here.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to stand as it stands.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>What a partner is to be told, in order: it fetches these, and says what came of each.</summary>
public sealed class PartnerEvent
{
    /// <summary>The partner.</summary>
    public required string PartnerId { get; init; }

    /// <summary>Place in its sequence, from 1, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The record it is about.</summary>
    public required string RecordId { get; init; }

    /// <summary>The record's version.</summary>
    public required int Version { get; init; }

    /// <summary>What it is, such as <c>released</c> or <c>recalled</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The signed record or notice.</summary>
    public required string Payload { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A receipt that a partner is to be given: one of this node's own, or one of an onward copy.</summary>
public sealed class PartnerReceipt
{
    /// <summary>The id; receipts are given in its order.</summary>
    public required string Id { get; init; }

    /// <summary>The partner that it is given to.</summary>
    public required string PartnerId { get; init; }

    /// <summary>The signed receipt.</summary>
    public required string Text { get; init; }

    /// <summary>The node that signed it where that is not this one: it holds an onward copy.</summary>
    public string? Receiver { get; init; }

    /// <summary>The node that it was made for, which passed the copy on; null for one of this node's own.</summary>
    public string? Sender { get; init; }
}

/// <summary>A node whose records came through a partner: its card, and who gave it.</summary>
public sealed class KnownNode
{
    /// <summary>The id of the node.</summary>
    public required string Id { get; init; }

    /// <summary>Its card.</summary>
    public required string Card { get; set; }

    /// <summary>The partner that gave the card, and whose word is all there is for whose node it is.</summary>
    public required string VouchedBy { get; init; }
}

internal sealed class PartnerMapping : IEntityTypeConfiguration<Partner>, IEntityTypeConfiguration<PartnerAgreement>, IEntityTypeConfiguration<PartnerEvent>,
    IEntityTypeConfiguration<PartnerReceipt>, IEntityTypeConfiguration<KnownNode>
{
    public void Configure(EntityTypeBuilder<Partner> builder)
    {
        builder.ToTable("partners");
        builder.HasIndex(partner => partner.KeyHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PartnerAgreement> builder)
    {
        builder.ToTable("agreements");
        builder.HasIndex(agreement => agreement.PartnerId);
        builder.HasOne<Partner>().WithMany().HasForeignKey(agreement => agreement.PartnerId);
    }

    public void Configure(EntityTypeBuilder<PartnerEvent> builder)
    {
        builder.ToTable("partner_events");
        builder.HasKey(item => new { item.PartnerId, item.Seq });
        builder.HasIndex(item => new { item.RecordId, item.PartnerId });
        builder.HasOne<Partner>().WithMany().HasForeignKey(item => item.PartnerId);
    }

    public void Configure(EntityTypeBuilder<PartnerReceipt> builder)
    {
        builder.ToTable("partner_receipts");
        builder.HasIndex(receipt => new { receipt.PartnerId, receipt.Id });
        builder.HasOne<Partner>().WithMany().HasForeignKey(receipt => receipt.PartnerId);
    }

    public void Configure(EntityTypeBuilder<KnownNode> builder) => builder.ToTable("known_nodes");
}
