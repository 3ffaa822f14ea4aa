using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Release;

/// <summary>One value of one property of a record, as it travels: disclosed as a whole or not at all.</summary>
/// <param name="Property">The property name, such as <c>birthDate</c>; not blank.</param>
/// <param name="Value">The value in FtM form; not blank, no white space around it.</param>
public sealed record RecordStatement(string Property, string Value)
{
    /// <summary>Language of the value, ISO 639-3; null when not known.</summary>
    public string? Lang { get; init; }

    /// <summary>The wording of the source where it differs from the value.</summary>
    public string? OriginalValue { get; init; }

    /// <summary>When the originator first saw the value: ISO 8601, as it wrote it.</summary>
    public string? FirstSeen { get; init; }

    /// <summary>When the originator last saw the value: ISO 8601, as it wrote it.</summary>
    public string? LastSeen { get; init; }

    /// <summary>How it is marked more tightly than the record; null where it is not. It travels inside what is withheld, so that a withheld statement does not tell how it is marked.</summary>
    public StatementMark? Mark { get; init; }

    /// <summary>The statement of an entity.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="mark">How it is marked more tightly; null where it is not.</param>
    /// <returns>Without entity, schema and dataset: the record has those.</returns>
    public static RecordStatement Of(Statement statement, StatementMark? mark = null)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new RecordStatement(statement.Property, statement.Value.Trim())
        {
            Lang = statement.Lang,
            OriginalValue = statement.OriginalValue,
            FirstSeen = statement.FirstSeen,
            LastSeen = statement.LastSeen,
            Mark = mark,
        };
    }

    internal bool IsInOrder => Property is { Length: > 0 and <= MaxProperty } && Property.Trim().Length == Property.Length
        && Value.Length > 0 && !char.IsWhiteSpace(Value[0]) && !char.IsWhiteSpace(Value[^1]);

    private const int MaxProperty = 100;
}
