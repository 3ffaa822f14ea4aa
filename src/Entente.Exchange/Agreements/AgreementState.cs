namespace Entente.Exchange.Agreements;

/// <summary>Where an agreement stands. An unset value is not in force.</summary>
public enum AgreementState
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>It is signed and has not started.</summary>
    Future,

    /// <summary>It is in force.</summary>
    InForce,

    /// <summary>Its time is over.</summary>
    Ended,

    /// <summary>A party ended it before its time.</summary>
    EndedEarly,

    /// <summary>Another took its place. It never comes back, also not when the other ends.</summary>
    Superseded,
}
