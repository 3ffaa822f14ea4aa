namespace Entente.Names.Comparison;

/// <summary>In what way two parts of names agree.</summary>
public enum AgreementKind
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>The same letters, after folding.</summary>
    Same,

    /// <summary>Spellings of one name known to go together, in one script or two.</summary>
    Variant,

    /// <summary>They sound alike, in one script or across two.</summary>
    Sound,

    /// <summary>A slip of typing or reading: a letter or two wrong, missing, added or exchanged.</summary>
    Typo,

    /// <summary>Another form of the name: short, or translated.</summary>
    OtherForm,

    /// <summary>An initial that fits.</summary>
    Initial,

    /// <summary>The same meaning, in one language or two.</summary>
    Meaning,

    /// <summary>One word here, two there.</summary>
    Joined,

    /// <summary>The first letters of the other's words.</summary>
    Acronym,
}
