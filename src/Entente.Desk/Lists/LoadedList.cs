using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Desk.Lists;

/// <summary>One list in use.</summary>
public sealed record LoadedList
{
    /// <summary>Whose list, and which version.</summary>
    public required ListMetadata Metadata { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Which version exactly, and how old.</summary>
    public required ListVersion Version { get; init; }

    /// <summary>How many remarks the reader made.</summary>
    public int Remarks { get; init; }

    /// <summary>The first remark, with its line; null where there is none.</summary>
    public string? FirstRemark { get; init; }

    /// <summary>Its content's SHA-256 in lower-case hex, or null when it came through a pipe.</summary>
    public string? Sha256 => Version.Sha256;
}
