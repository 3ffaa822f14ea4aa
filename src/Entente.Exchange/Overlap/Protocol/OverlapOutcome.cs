using System.Collections.Immutable;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>A key that both sides have.</summary>
/// <param name="Key">The place of the key in what this side brought.</param>
/// <param name="Link">The name of the finding, known to both sides and to nobody else: 32 hexadecimal digits.</param>
/// <param name="Note">What this side told about the key; 0 where nothing is told.</param>
/// <param name="PartnerNote">What the other side told about it; 0 where nothing is told.</param>
public sealed record CommonKey(int Key, string Link, byte Note, byte PartnerNote);

/// <summary>What a side learnt by a round.</summary>
public sealed record OverlapOutcome
{
    /// <summary>The keys in common, by their links; empty where only the number is learnt.</summary>
    public ImmutableArray<CommonKey> Common { get; init; } = [];

    /// <summary>How many keys both sides have.</summary>
    public required int Keys { get; init; }

    /// <summary>Where only the number is learnt: how many entities of the other side this one has too; else the number of keys.</summary>
    public required int OfPartner { get; init; }

    /// <summary>The same as the other side counted it: how many of ours it has too. It could lie.</summary>
    public required int OfOurs { get; init; }

    /// <summary>The band that the other side showed.</summary>
    public required int PartnerBand { get; init; }

    /// <summary>The hash of all that was sent and received, the same on both sides: what both audits keep.</summary>
    public required string Transcript { get; init; }
}
