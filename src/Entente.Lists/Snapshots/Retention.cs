namespace Entente.Lists.Snapshots;

/// <summary>Which versions are kept: all that are young, and so many in any case.</summary>
/// <param name="Versions">The number of versions, the last fetched, that are kept however old they are.</param>
/// <param name="Age">Versions fetched less than this ago are kept.</param>
public sealed record Retention(int Versions, TimeSpan Age)
{
    /// <summary>The last ten, and all of one year.</summary>
    public static Retention Default { get; } = new(10, TimeSpan.FromDays(365));
}
