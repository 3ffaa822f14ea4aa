namespace Entente.Exchange.Overlap.Keys;

/// <summary>What a key is made of, the surest first.</summary>
public enum KeyKind
{
    /// <summary>Not said: no key has it.</summary>
    None,

    /// <summary>The number of a document, ship, account or registration.</summary>
    Number,

    /// <summary>A word of the name and the day of birth.</summary>
    WordAndDay,

    /// <summary>Two words of the name, finely, and the day and month of birth.</summary>
    WordsAndBirthday,

    /// <summary>Two words of the name, finely, and the year of birth.</summary>
    FineWordsAndYear,

    /// <summary>Two words of the name and the year of birth.</summary>
    WordsAndYear,

    /// <summary>Words of the name alone.</summary>
    Words,
}
