namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What the two sides are to learn of what they have in common.</summary>
public enum OverlapMode : byte
{
    /// <summary>Not said: no run has it.</summary>
    None = 0,

    /// <summary>Which of their own keys the other side has too.</summary>
    Which = 1,

    /// <summary>Only how many.</summary>
    HowMany = 2,
}
