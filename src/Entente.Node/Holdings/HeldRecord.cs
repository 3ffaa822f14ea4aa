using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Holdings;

/// <summary>What has become of a record. An unset value is none that is held.</summary>
public enum RecordState
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>It is held, and screened against.</summary>
    Held,

    /// <summary>Its originator recalled it; what it said is erased.</summary>
    Recalled,

    /// <summary>Its time ended; what it said is erased.</summary>
    Expired,
}

/// <summary>A record that is on no public list: this node's own, or one that a partner released to it.</summary>
public sealed class HeldRecord
{
    /// <summary>The id, the same on every node: the originator's id, a colon, and the originator's own id for it.</summary>
    public required string Id { get; init; }

    /// <summary>The node that it comes from.</summary>
    public required string Originator { get; init; }

    /// <summary>The originator's own id for it.</summary>
    public required string RecordId { get; init; }

    /// <summary>The partner that it came from; null for this node's own. The originator, or one that passed it on.</summary>
    public string? ReceivedFrom { get; set; }

    /// <summary>The version that is held.</summary>
    public int Version { get; set; }

    /// <summary>The name of the version: what its originator signed, hashed.</summary>
    public required string Hash { get; set; }

    /// <summary>FtM schema.</summary>
    public required string Schema { get; set; }

    /// <summary>What to call it: its first name; empty where what it said is erased.</summary>
    public required string Caption { get; set; }

    /// <summary>Names and id in lower case: what records are searched by.</summary>
    public required string SearchText { get; set; }

    /// <summary>The statements with their marks, as JSON; empty where what it said is erased.</summary>
    public required string Statements { get; set; }

    /// <summary>The record as its originator signed it, without what was withheld; empty where what it said is erased.</summary>
#pragma warning disable CA1720 // Signed by somebody: no type is meant.
    public required string Signed { get; set; }
#pragma warning restore CA1720

    /// <summary>The marking that holds here, with all that tightened it, as JSON.</summary>
    public required string Marking { get; set; }

    /// <summary>When it ends here by itself: the end of its marking, or of what the agreement lets this node keep it.</summary>
    public DateTimeOffset KeptUntil { get; set; }

    /// <summary>What has become of it.</summary>
    public RecordState State { get; set; }

    /// <summary>Whether the book of subjects was screened against what it says.</summary>
    public bool IsMonitored { get; set; }

    /// <summary>Why it was recalled, in the words of whoever did; null where it was not, or nobody said.</summary>
    public string? RecalledBecause { get; set; }

    /// <summary>When it came to be here.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed here.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The id of a record.</summary>
    /// <param name="originator">The node that it comes from.</param>
    /// <param name="recordId">The originator's own id for it.</param>
    public static string IdOf(string originator, string recordId) => $"{originator}:{recordId}";

    /// <summary>The node that an entity comes from, where it is a record.</summary>
    /// <param name="entityId">The id of an entity.</param>
    /// <returns>Null for one that is on a list.</returns>
    public static string? OriginatorOf(string entityId)
    {
        ArgumentNullException.ThrowIfNull(entityId);
        return entityId.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && Exchange.Identity.NodeId.IsValid(entityId[..colon]) ? entityId[..colon] : null;
    }

    /// <summary>A record that says nothing yet.</summary>
    /// <param name="originator">The node that it comes from.</param>
    /// <param name="recordId">The originator's own id for it.</param>
    /// <param name="receivedFrom">The partner that it came from; null for this node's own.</param>
    /// <param name="at">Now.</param>
    internal static HeldRecord New(string originator, string recordId, string? receivedFrom, DateTimeOffset at) => new()
    {
        Id = IdOf(originator, recordId),
        Originator = originator,
        RecordId = recordId,
        ReceivedFrom = receivedFrom,
        Hash = "",
        Schema = "",
        Caption = "",
        SearchText = "",
        Statements = "",
        Signed = "",
        Marking = "",
        KeptUntil = DateTimeOffset.MaxValue,
        CreatedAt = at,
        ChangedAt = at,
    };

    /// <summary>Its marking.</summary>
    public Marking ReadMarking() => JsonSerializer.Deserialize<Marking>(Marking, NodeJson.Options) ?? throw new JsonException("A record has no marking.");

    /// <summary>Its statements.</summary>
    /// <returns>Empty where what it said is erased.</returns>
    public ImmutableArray<RecordStatement> ReadStatements() => Statements.Length == 0 ? [] : JsonSerializer.Deserialize<ImmutableArray<RecordStatement>>(Statements, NodeJson.Options);

    /// <summary>What it says, with the marking that holds here.</summary>
    public RecordContent ReadContent() => new()
    {
        Id = RecordId,
        Version = Version,
        Schema = Schema,
        Marking = ReadMarking(),
        Statements = ReadStatements(),
    };

    /// <summary>Takes over what a version says.</summary>
    /// <param name="content">The version.</param>
    /// <param name="signed">The version as its originator signed it.</param>
    /// <param name="marking">The marking that holds here.</param>
    internal void Take(RecordContent content, SignedRecord signed, Marking marking)
    {
        Version = content.Version;
        Hash = signed.Hash;
        Schema = content.Schema;
        Signed = signed.Text;
        Statements = JsonSerializer.Serialize(content.Statements, NodeJson.Options);
        Marking = JsonSerializer.Serialize(marking, NodeJson.Options);
        var names = content.Statements.Where(each => Records.Schemata.TypeOf(content.Schema, each.Property) == "name").Select(each => each.Value).Distinct(StringComparer.Ordinal).ToList();
        Caption = content.ToEntity(content.Marking.Originator).Caption;
        SearchText = string.Join('\n', [.. names, RecordId]).ToLowerInvariant();
        State = RecordState.Held;
        IsMonitored = false;
        RecalledBecause = null;
    }

    /// <summary>Erases what it says; that it was here, and how it was marked, stays.</summary>
    /// <param name="state">What has become of it.</param>
    /// <param name="because">Why, where somebody said.</param>
    internal void Erase(RecordState state, string? because)
    {
        State = state;
        RecalledBecause = because;
        Caption = "";
        SearchText = RecordId.ToLowerInvariant();
        Statements = "";
        Signed = "";
    }
}

internal sealed class HeldRecordMapping : IEntityTypeConfiguration<HeldRecord>
{
    public void Configure(EntityTypeBuilder<HeldRecord> builder)
    {
        builder.ToTable("records");
        builder.HasIndex(record => new { record.State, record.KeptUntil });
        builder.HasIndex(record => record.ReceivedFrom);
        builder.HasIndex(record => record.ChangedAt);
        builder.HasIndex(record => new { record.IsMonitored, record.State, record.Id });
    }
}
