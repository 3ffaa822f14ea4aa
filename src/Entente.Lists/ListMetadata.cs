namespace Entente.Lists;

/// <summary>Whose list it is and which version of it.</summary>
public sealed record ListMetadata
{
    /// <summary>Short name of the dataset, such as <c>un-sc</c>; stands in every statement.</summary>
    public required string Dataset { get; init; }

    /// <summary>Full English title.</summary>
    public required string Title { get; init; }

    /// <summary>Who publishes it; <see langword="null"/> when the file does not say.</summary>
    public string? Publisher { get; init; }

    /// <summary>What makes the list binding; <see langword="null"/> when the file does not say.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Where the publisher offers the current version; <see langword="null"/> when the file does not say.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>The version, in the publisher's words; <see langword="null"/> when the file does not say.</summary>
    public string? Version { get; init; }

    /// <summary>When the publisher made the version; <see langword="null"/> when the file does not say.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }
}
