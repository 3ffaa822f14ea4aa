namespace Entente.Exchange.Overlap.Protocol;

/// <summary>One of the two sides of a run.</summary>
public enum OverlapSide : byte
{
    /// <summary>Not said: no session has it.</summary>
    None = 0,

    /// <summary>Asked for the run; speaks first in each turn of the answers.</summary>
    Asker = 1,

    /// <summary>Was asked.</summary>
    Answerer = 2,
}
