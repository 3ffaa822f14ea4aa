using System.Collections.Immutable;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Node.Entities;

/// <summary>A listed entity, list by list.</summary>
/// <param name="Id">The id of the entity as a whole.</param>
/// <param name="Caption">What to call it.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Referents">All its ids.</param>
/// <param name="Listings">What each list says, by itself.</param>
/// <param name="Resolution">Why the listings are held to be one entity; empty where there is one.</param>
public sealed record EntityView(string Id, string Caption, string Schema, ImmutableArray<string> Referents, ImmutableArray<ListingView> Listings, ImmutableArray<ResolutionView> Resolution);

/// <summary>One list's entry.</summary>
/// <param name="Id">The id that the list gave it.</param>
/// <param name="Datasets">The list, as its file calls itself.</param>
/// <param name="Version">The version of the list, in one word; null where it is not known.</param>
/// <param name="Stale">Whether that version may be out of date.</param>
/// <param name="Caption">What the list calls it.</param>
/// <param name="Schema">Its schema there.</param>
/// <param name="Target">Whether the list is about it, and not only around it.</param>
/// <param name="FirstSeen">As the source wrote it; null where it did not.</param>
/// <param name="LastSeen">As the source wrote it; null where it did not.</param>
/// <param name="LastChange">As the source wrote it; null where it did not.</param>
/// <param name="Programs">The programmes that it is listed under.</param>
/// <param name="Authorities">Who listed it.</param>
/// <param name="Properties">What the list says.</param>
/// <param name="Adjacent">What hangs on it in that list: sanctions, addresses, documents, relatives.</param>
/// <param name="MoreAdjacent">How many more hang on it than are shown.</param>
public sealed record ListingView(
    string Id, ImmutableArray<string> Datasets, string? Version, bool Stale, string Caption, string Schema, bool Target, string? FirstSeen, string? LastSeen, string? LastChange,
    ImmutableArray<string> Programs, ImmutableArray<string> Authorities, IReadOnlyDictionary<string, ImmutableArray<string>> Properties, ImmutableArray<AdjacentView> Adjacent, int MoreAdjacent);

/// <summary>What hangs on an entry.</summary>
/// <param name="Property">How: <c>sanctions</c>, <c>addressEntity</c>...</param>
/// <param name="Id">Its id.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Caption">What to call it.</param>
/// <param name="Properties">What the list says of it.</param>
public sealed record AdjacentView(string Property, string Id, string Schema, string Caption, IReadOnlyDictionary<string, ImmutableArray<string>> Properties);

/// <summary>What holds two listings together.</summary>
/// <param name="Left">The id of one.</param>
/// <param name="Right">The id of the other.</param>
/// <param name="Basis">How the link was found.</param>
/// <param name="Weight">Its weight in bits.</param>
/// <param name="Evidence">What speaks for and against.</param>
public sealed record ResolutionView(string Left, string Right, LinkBasis Basis, double Weight, ImmutableArray<Evidence> Evidence);
