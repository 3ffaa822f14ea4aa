namespace Entente.Lists.Russia;

/// <summary>What an entry is about, as far as the list says.</summary>
internal enum RfmKind
{
    Unknown,
    Person,
    Organisation,
}

/// <summary>One entry of the text or the table, before it becomes entities.</summary>
internal sealed record RfmEntry
{
    /// <summary>Where it stands, from 1: a line of the text, a record of the table.</summary>
    public required int Line { get; init; }

    /// <summary>Its number in this version; another version numbers anew.</summary>
    public required string Number { get; init; }

    public RfmKind Kind { get; init; }

    /// <summary>The name, without the star.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The birth date as written; null where there is none.</summary>
    public string? Birth { get; init; }

    /// <summary>What of the entry contradicts itself, and what became of it; null where nothing does.</summary>
    public string? Doubt { get; init; }

    /// <summary>The birthplace as written; null where there is none.</summary>
    public string? Place { get; init; }

    /// <summary>Whether it is listed for terrorism; the others are listed for extremism.</summary>
    public bool Terrorism { get; init; }

    /// <summary>Further birth dates as written, where the list has several.</summary>
    public IReadOnlyList<string> OtherBirths { get; init; } = [];

    /// <summary>Further values, by FtM property of the listed entity.</summary>
    public IReadOnlyList<(string Property, string Value)> Values { get; init; } = [];

    /// <summary>Further values, by FtM property of the sanction.</summary>
    public IReadOnlyList<(string Property, string Value)> SanctionValues { get; init; } = [];

    /// <summary>Papers: series and number of each, who issued it, and what it is.</summary>
    public IReadOnlyList<(string? Series, string? Number, string? Authority, string? Type)> Papers { get; init; } = [];

    /// <summary>When it was taken off, where the list keeps it.</summary>
    public string? Ended { get; init; }
}
