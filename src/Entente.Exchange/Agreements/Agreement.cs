using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Records.Markings;

namespace Entente.Exchange.Agreements;

/// <summary>What two nodes may exchange, and on what terms. It holds in both directions. Immutable; equal where all terms are.</summary>
/// <remarks>Lists are kept sorted and without repetition, and times in UTC and whole seconds, so that equal terms give the same bytes to sign.</remarks>
public sealed record Agreement
{
    private const string IdPrefix = "agreement-";
    private const int IdBytes = 16;
    private const int MostEntries = 100;
    private const int LongestText = 200;
    private const int LongestRetention = 36_500;

    /// <summary>The id: <c>agreement-</c> and 26 letters and digits; see <see cref="NewId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The ids of the two nodes.</summary>
    public required ImmutableArray<string> Parties { get; init => field = Sorted(value, StringComparer.Ordinal); }

    /// <summary>What records exchanged may be used for, such as <c>counter-terrorism</c>; at least one. Case does not count.</summary>
    public required ImmutableArray<string> Purposes { get; init => field = Sorted(value, StringComparer.OrdinalIgnoreCase); }

    /// <summary>On what grounds in law records are exchanged, such as <c>S/RES/2253 (2015)</c>; at least one. Case does not count.</summary>
    public required ImmutableArray<string> LegalBases { get; init => field = Sorted(value, StringComparer.OrdinalIgnoreCase); }

    /// <summary>What the entities of records exchanged may be to the matter; at least one.</summary>
    public required ImmutableArray<EntityCategory> Categories { get; init => field = [.. (value.IsDefault ? [] : value).Distinct().Order()]; }

    /// <summary>The closest level exchanged.</summary>
    public required Tlp HighestTlp { get; init; }

    /// <summary>How long a receiver keeps a record after it came, in days; 1 to 36,500.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>How much overlap may be looked for.</summary>
    public required OverlapBudget Overlap { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Proposed { get; init => field = WholeSeconds(value); }

    /// <summary>From when it is in force.</summary>
    public required DateTimeOffset Starts { get; init => field = WholeSeconds(value); }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Ends { get; init => field = WholeSeconds(value); }

    /// <summary>The agreement that this one takes the place of, for good, from its start on; null for none.</summary>
    public string? Supersedes { get; init; }

    /// <summary>SHA-256 of <see cref="ToCanonicalBytes"/> in base64url: what the parties signed, in 43 letters.</summary>
    [JsonIgnore]
    public string Hash => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(ToCanonicalBytes()));

    /// <summary>A new id.</summary>
    /// <returns>A random one.</returns>
    public static string NewId() => IdPrefix + Base32.Encode(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether a node is one of the two.</summary>
    /// <param name="one">The id of a node.</param>
    /// <param name="other">The id of another.</param>
    /// <returns>True if these two, in either order, are its parties.</returns>
    public bool IsBetween(string one, string other) => one != other && Parties.Contains(one) && Parties.Contains(other);

    /// <summary>Until when a receiver may keep a record.</summary>
    /// <param name="received">When it came.</param>
    /// <param name="marking">Its marking.</param>
    /// <returns>The end of the marking or of the retention, whichever comes first.</returns>
    public DateTimeOffset KeptUntil(DateTimeOffset received, Marking marking)
    {
        ArgumentNullException.ThrowIfNull(marking);
        var retention = TimeSpan.FromDays(RetentionDays);
        return marking.Expires - received < retention ? marking.Expires : received + retention;
    }

    /// <summary>What keeps the terms from being signed.</summary>
    /// <returns>The property at fault and what is expected, in one sentence; null where they are in order.</returns>
    public string? Fault() => this switch
    {
        _ when !IsId(Id) => $"id: expected {IdPrefix} and 26 letters and digits.",
        _ when Parties.Length != 2 || !Parties.All(NodeId.IsValid) => "parties: expected the ids of two different nodes.",
        _ when !AreTexts(Purposes) => $"purposes: expected 1 to {MostEntries} texts of up to {LongestText} characters on one line.",
        _ when !AreTexts(LegalBases) => $"legalBases: expected 1 to {MostEntries} texts of up to {LongestText} characters on one line.",
        _ when Categories.IsEmpty || Categories.Any(each => each == EntityCategory.None || !Enum.IsDefined(each)) => "categories: expected at least one.",
        _ when !Enum.IsDefined(HighestTlp) => "highestTlp: expected one of the five levels.",
        _ when RetentionDays is < 1 or > LongestRetention => $"retentionDays: expected 1 to {LongestRetention}.",
        _ when Overlap is null or { Runs: < 0 } or { Keys: < 0 } or { PeriodDays: < 1 or > LongestRetention } => $"overlap: expected runs and keys from 0, and a period of 1 to {LongestRetention} days.",
        _ when Ends <= Starts => "ends: expected a time after the start.",
        _ when Supersedes is not null && (!IsId(Supersedes) || Supersedes == Id) => "supersedes: expected the id of another agreement.",
        _ => null,
    };

    /// <summary>The bytes that both parties sign.</summary>
    /// <returns>JSON in UTF-8; the same for equal terms.</returns>
    public byte[] ToCanonicalBytes() => StrictJson.Write(this);

    /// <inheritdoc/>
    public bool Equals(Agreement? other) => other is not null && (ReferenceEquals(this, other) || ToCanonicalBytes().AsSpan().SequenceEqual(other.ToCanonicalBytes()));

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>Reads terms that somebody signed: in order, and written just as <see cref="ToCanonicalBytes"/> writes them.</summary>
    internal static Agreement Read(ReadOnlySpan<byte> payload)
    {
        var agreement = StrictJson.Read<Agreement>(payload, "agreement");
        if (agreement.Fault() is { } fault)
            throw new RefusedException(Refusal.Malformed, $"The agreement is not in order. {fault}");
        return payload.SequenceEqual(agreement.ToCanonicalBytes())
            ? agreement
            : throw new RefusedException(Refusal.Malformed, "The agreement is not written in its one form.");
    }

    private static bool IsId(string? text) => text is not null && text.StartsWith(IdPrefix, StringComparison.Ordinal) && Base32.Decode(text.AsSpan(IdPrefix.Length)) is { Length: IdBytes };

    private static bool AreTexts(ImmutableArray<string> texts) =>
        texts.Length is > 0 and <= MostEntries && texts.All(each => each.Length is > 0 and <= LongestText && each == each.Trim() && !each.Any(char.IsControl));

    private static ImmutableArray<string> Sorted(ImmutableArray<string> texts, StringComparer comparer) =>
        [.. (texts.IsDefault ? [] : texts).Distinct(comparer).Order(StringComparer.Ordinal)];

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
