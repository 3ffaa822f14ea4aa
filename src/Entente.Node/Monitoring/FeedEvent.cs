using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Monitoring;

/// <summary>One thing that monitoring found. The feed is read by number, from the last that was read.</summary>
public sealed class FeedEvent
{
    /// <summary>Its number in the feed, without gaps.</summary>
    public long Seq { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What: <c>match.new</c>, <c>match.ended</c>, <c>alert.raised</c>, <c>alert.reopened</c>, <c>alert.decided</c>, <c>alert.withdrawn</c>, <c>lists.changed</c> or <c>webhook.tested</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about, such as <c>alert:ID</c> or <c>subject:ID</c>.</summary>
    public required string About { get; init; }

    /// <summary>The event as JSON, the same that webhooks carry.</summary>
    public required string Data { get; init; }
}

/// <summary>An address of a partner system that is told of events.</summary>
public sealed class Webhook
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The address: https, or http on this machine.</summary>
    public required string Address { get; set; }

    /// <summary>Types of events it wants, comma-separated; empty for all.</summary>
    public required string Types { get; set; }

    /// <summary>The secret by which deliveries are signed, protected by the node's own key.</summary>
    public required string ProtectedSecret { get; set; }

    /// <summary>Whether nothing is sent to it.</summary>
    public bool Paused { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>That an event is to be told to an address, once at least.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The id, which the receiver sees with every try: it tells repetitions by it.</summary>
    public required string Id { get; init; }

    /// <summary>The webhook.</summary>
    public required string WebhookId { get; init; }

    /// <summary>The event.</summary>
    public long FeedSeq { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next; null when it was delivered or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>When it was delivered; null when it was not.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>What the last try met, for people; null where it went well or was not made.</summary>
    public string? LastError { get; set; }
}

internal sealed class MonitoringMapping : IEntityTypeConfiguration<FeedEvent>, IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<FeedEvent> builder)
    {
        builder.ToTable("feed");
        builder.HasKey(item => item.Seq);
        builder.Property(item => item.Seq).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Webhook> builder) => builder.ToTable("webhooks");

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasIndex(delivery => delivery.NextAttemptAt);
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.FeedSeq }).IsUnique();
        builder.HasOne<Webhook>().WithMany().HasForeignKey(delivery => delivery.WebhookId).OnDelete(DeleteBehavior.Cascade);
    }
}
