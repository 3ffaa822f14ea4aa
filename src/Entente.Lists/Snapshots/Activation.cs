namespace Entente.Lists.Snapshots;

/// <summary>How a version came to be in use.</summary>
public enum ActivationKind
{
    /// <summary>Fetched from its publisher, or added from a file, and found sound.</summary>
    Taken,

    /// <summary>It was held, and a person accepted it.</summary>
    Accepted,

    /// <summary>A person went back to it.</summary>
    RolledBack,
}

/// <summary>One line of a dataset's history: a version was put to use.</summary>
/// <param name="At">When.</param>
/// <param name="Sha256">The version.</param>
/// <param name="Kind">How.</param>
/// <param name="From">The version in use until then; null where there was none.</param>
public sealed record Activation(DateTimeOffset At, string Sha256, ActivationKind Kind, string? From);
