using System.Security.Cryptography;
using System.Text;

namespace Entente.Records;

/// <summary>One value of one property of one entity, with where it came from: the atom of provenance, as in FtM.</summary>
/// <param name="EntityId">The id that the dataset gave the entity, such as <c>un-QDi.430</c>.</param>
/// <param name="Schema">The FtM schema that this source gives the entity.</param>
/// <param name="Property">The property name, such as <c>birthDate</c>.</param>
/// <param name="Value">The value in FtM form: dates as prefixes of <c>YYYY-MM-DD</c>, countries as lower-case ISO codes.</param>
/// <param name="Dataset">The dataset that says so, such as <c>un-sc</c>.</param>
public sealed record Statement(string EntityId, string Schema, string Property, string Value, string Dataset)
{
    /// <summary>The name FtM gives to a dataset that is not known.</summary>
    public const string UndefinedDataset = "undefined";

    /// <summary>The id of the merged entity that this statement belongs to; <see langword="null"/> when it was never merged.</summary>
    public string? CanonicalId { get; init; }

    /// <summary>Language of the value, ISO 639-3 (<c>ara</c>, <c>rus</c>); <see langword="null"/> when not known.</summary>
    public string? Lang { get; init; }

    /// <summary>The wording of the source where <see cref="Value"/> was cleaned, such as <c>between 1958 and 1963</c>.</summary>
    public string? OriginalValue { get; init; }

    /// <summary>True when the dataset mentions the value without vouching for it, such as an enrichment candidate.</summary>
    public bool External { get; init; }

    /// <summary>When the value was first seen in the dataset: ISO 8601, as the source wrote it.</summary>
    public string? FirstSeen { get; init; }

    /// <summary>When the value was last seen in the dataset: ISO 8601, as the source wrote it.</summary>
    public string? LastSeen { get; init; }

    /// <summary>The FtM type of the property; <c>string</c> where the vocabulary does not know it.</summary>
    public string PropertyType => Schemata.TypeOf(Schema, Property) ?? "string";

    /// <summary>The FtM statement id: SHA-1, in lower-case hex, of <c>dataset.entity.property.value</c>, with <c>.ext</c> when external.</summary>
    /// <remarks>It names the claim and not its wording: two statements that differ only in
    /// <see cref="OriginalValue"/> or <see cref="Lang"/> share it.</remarks>
    /// <returns>Forty hex digits.</returns>
    public string ComputeId()
    {
        var key = $"{Dataset}.{EntityId}.{Property}.{Value}{(External ? ".ext" : "")}";
#pragma warning disable CA5350 // FtM prescribes SHA-1 here; it is a name, not a protection.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(key)));
#pragma warning restore CA5350
    }
}
