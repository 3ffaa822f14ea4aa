using System.Collections.Immutable;

namespace Entente.Exchange.Taxii;

/// <summary>What a server offers.</summary>
/// <remarks>TAXII 2.1, section 4.1.1. Members are named as there, in snake case.</remarks>
/// <param name="Title">Its name.</param>
/// <param name="ApiRoots">The addresses of its API roots.</param>
/// <param name="Description">More about it; null for nothing.</param>
/// <param name="Contact">Whom to ask; null for nobody.</param>
/// <param name="Default">The API root that is meant where none is named; null for none.</param>
public sealed record TaxiiDiscovery(string Title, ImmutableArray<string>? ApiRoots = null, string? Description = null, string? Contact = null, string? Default = null);

/// <summary>A group of collections.</summary>
/// <remarks>TAXII 2.1, section 4.2.1.</remarks>
/// <param name="Title">Its name.</param>
/// <param name="Versions">Media types of the versions of TAXII that it speaks.</param>
/// <param name="MaxContentLength">Most bytes of a request's body.</param>
/// <param name="Description">More about it; null for nothing.</param>
public sealed record TaxiiApiRoot(string Title, ImmutableArray<string> Versions, long MaxContentLength, string? Description = null);

/// <summary>A collection of objects.</summary>
/// <remarks>TAXII 2.1, section 5.2.1.</remarks>
/// <param name="Id">Its id, a UUID.</param>
/// <param name="Title">Its name.</param>
/// <param name="CanRead">Whether the caller may read it.</param>
/// <param name="CanWrite">Whether the caller may add to it.</param>
/// <param name="Description">More about it; null for nothing.</param>
/// <param name="Alias">Another name for addresses; null for none.</param>
/// <param name="MediaTypes">Media types of its objects; null for STIX of any version.</param>
public sealed record TaxiiCollectionInfo(string Id, string Title, bool CanRead, bool CanWrite, string? Description = null, string? Alias = null, ImmutableArray<string>? MediaTypes = null);

/// <summary>The collections of an API root that the caller may know of.</summary>
/// <remarks>TAXII 2.1, section 5.1.1.</remarks>
/// <param name="Collections">The collections; null for none, as an empty list is left out.</param>
public sealed record TaxiiCollections(ImmutableArray<TaxiiCollectionInfo>? Collections = null);

/// <summary>One version of an object, without the object.</summary>
/// <remarks>TAXII 2.1, section 5.3.1.</remarks>
/// <param name="Id">The object's id.</param>
/// <param name="DateAdded">When it was added to the collection.</param>
/// <param name="Version">Its version: when it was modified or, without versions, created.</param>
/// <param name="MediaType">Its media type; null for what the collection says.</param>
public sealed record TaxiiManifestRecord(string Id, string DateAdded, string Version, string? MediaType = null);

/// <summary>A page of what a collection holds.</summary>
/// <remarks>TAXII 2.1, section 5.3.1.</remarks>
/// <param name="More">Whether there is more after it.</param>
/// <param name="Objects">The versions; null for none.</param>
public sealed record TaxiiManifest(bool More = false, ImmutableArray<TaxiiManifestRecord>? Objects = null);

/// <summary>A page of the versions of one object.</summary>
/// <remarks>TAXII 2.1, section 5.8.1.</remarks>
/// <param name="More">Whether there is more after it.</param>
/// <param name="Versions">The versions, in the order they were added; null for none.</param>
public sealed record TaxiiVersions(bool More = false, ImmutableArray<string>? Versions = null);

/// <summary>Why a request was refused.</summary>
/// <remarks>TAXII 2.1, section 3.6.1.</remarks>
/// <param name="Title">What went wrong, in short.</param>
/// <param name="Description">Where, and what to do.</param>
/// <param name="HttpStatus">The status of the answer, as a text.</param>
/// <param name="ErrorId">An id of the error; null for none.</param>
/// <param name="ErrorCode">A code for the kind of error; null for none.</param>
public sealed record TaxiiError(string Title, string? Description = null, string? HttpStatus = null, string? ErrorId = null, string? ErrorCode = null);

/// <summary>How one object of a request to add fared.</summary>
/// <remarks>TAXII 2.1, section 4.3.1.</remarks>
/// <param name="Id">The object's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Message">What is to be said of it; null for nothing.</param>
public sealed record TaxiiStatusDetail(string Id, string Version, string? Message = null);

/// <summary>How far a request to add objects has come.</summary>
/// <remarks>TAXII 2.1, section 4.3.1. This node adds nothing by TAXII; servers that it talks to may.</remarks>
/// <param name="Id">The id of the request.</param>
/// <param name="Status"><c>complete</c> or <c>pending</c>.</param>
/// <param name="TotalCount">How many objects.</param>
/// <param name="SuccessCount">How many were added.</param>
/// <param name="FailureCount">How many were not.</param>
/// <param name="PendingCount">How many wait.</param>
/// <param name="RequestTimestamp">When it was made; null where it is not said.</param>
/// <param name="Successes">Those that were added.</param>
/// <param name="Failures">Those that were not.</param>
/// <param name="Pendings">Those that wait.</param>
public sealed record TaxiiStatus(string Id, string Status, int TotalCount, int SuccessCount, int FailureCount, int PendingCount, string? RequestTimestamp = null,
    ImmutableArray<TaxiiStatusDetail>? Successes = null, ImmutableArray<TaxiiStatusDetail>? Failures = null, ImmutableArray<TaxiiStatusDetail>? Pendings = null);
