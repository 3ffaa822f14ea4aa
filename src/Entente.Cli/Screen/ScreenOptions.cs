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

    /// <summary>Go on with what an interrupted run left.</summary>
    public bool Resume { get; init; }

    /// <summary>Throw away what an interrupted run left.</summary>
    public bool Restart { get; init; }

    /// <summary>How many rows are screened at a time, in bulk.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>List files; empty means all installed lists.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>A file of people's judgements on which entries of several lists are one entity, or null.</summary>
    public string? Judgements { get; init; }

    /// <summary>The schema of rows that name none.</summary>
    public required string Schema { get; init; }

    /// <summary>How to judge.</summary>
    public required MatchPolicy Policy { get; init; }

    /// <summary>JSON instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>Exit with <see cref="ExitCodes.Matched"/> when something matched.</summary>
    public bool FailOnMatch { get; init; }
}
