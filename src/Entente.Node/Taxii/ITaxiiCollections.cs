using System.Collections.Immutable;
using Entente.Exchange.Taxii;

namespace Entente.Node.Taxii;

/// <summary>Who reads.</summary>
/// <param name="AccountId">The account, itself or by its key; null for nobody, who sees nothing.</param>
internal sealed record TaxiiReader(string? AccountId);

/// <summary>One version of an object on a page.</summary>
/// <param name="Added">When it was added, in microseconds since 1970 (UTC); also its place.</param>
/// <param name="ObjectId">The STIX id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Json">The object; null where it was not asked for.</param>
internal sealed record TaxiiItem(long Added, string ObjectId, DateTimeOffset Version, string? Json);

/// <summary>A page, in the order in which objects were added.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="More">Whether there is more after it.</param>
internal sealed record TaxiiPage(ImmutableArray<TaxiiItem> Items, bool More);

/// <summary>Which part of a collection is read.</summary>
/// <param name="Filter">What the caller asks for.</param>
/// <param name="After">The place after which it begins, in microseconds since 1970; 0 for the beginning.</param>
/// <param name="Limit">Most objects of the page.</param>
/// <param name="WithObjects">Whether the objects themselves are wanted.</param>
internal sealed record TaxiiQuery(TaxiiFilter Filter, long After, int Limit, bool WithObjects);

/// <summary>The collections that are served by TAXII. What a reader may not see is, for them, not there.</summary>
internal interface ITaxiiCollections
{
    /// <summary>The collections that somebody may read.</summary>
    /// <param name="reader">Who.</param>
    /// <param name="cancel">Gives up.</param>
    Task<ImmutableArray<TaxiiCollectionInfo>> ListAsync(TaxiiReader reader, CancellationToken cancel);

    /// <summary>A page of a collection.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="collection">The collection's id.</param>
    /// <param name="query">Which part.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null where there is no such collection, or none for this reader.</returns>
    Task<TaxiiPage?> ReadAsync(TaxiiReader reader, string collection, TaxiiQuery query, CancellationToken cancel);
}
