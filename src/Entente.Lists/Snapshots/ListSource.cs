namespace Entente.Lists.Snapshots;

/// <summary>One list that can be kept up to date: whose it is, and where it comes from.</summary>
/// <param name="Dataset">The dataset's id, also its folder's name: lower-case letters, digits, hyphens and underscores.</param>
/// <param name="Title">The list's name, in English.</param>
/// <param name="Publisher">The authority that publishes it; null where nobody said.</param>
/// <param name="LegalBasis">The law that the list rests on; null where nobody said.</param>
/// <param name="Address">Where the file is fetched; null where nobody may fetch it without more ado.</param>
public sealed record ListSource(string Dataset, string Title, string? Publisher, string? LegalBasis, Uri? Address)
{
    /// <summary>How to come by the file where <see cref="Address"/> is null: sentences for the operator.</summary>
    public string? Instead { get; init; }
}
