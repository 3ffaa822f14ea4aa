using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary>What <c>entente screen</c> was asked to do.</summary>
internal sealed record ScreenOptions
{
    /// <summary>What to screen by name; empty in bulk.</summary>
    public ImmutableArray<Query> Queries { get; init; } = [];

    /// <summary>The file to screen in bulk, or null.</summary>
    public string? Input { get; init; }

    /// <summary>Where bulk answers go; <c>-</c> is standard output.</summary>
    public string Output { get; init; } = "-";

    /// <summary>List files; empty means all installed lists.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>The schema of rows that name none.</summary>
    public required string Schema { get; init; }

    /// <summary>How to judge.</summary>
    public required MatchPolicy Policy { get; init; }

    /// <summary>JSON instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>Exit with <see cref="ExitCodes.Matched"/> when something matched.</summary>
    public bool FailOnMatch { get; init; }
}
