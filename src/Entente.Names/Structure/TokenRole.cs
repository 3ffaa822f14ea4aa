namespace Entente.Names.Structure;

/// <summary>What a part of a name does in it.</summary>
public enum TokenRole
{
    /// <summary>A name, or a distinctive word.</summary>
    Word,

    /// <summary>One letter that stands for a name.</summary>
    Initial,

    /// <summary>A word that joins or introduces names: bin, ibn, ben, al-, van, де.</summary>
    Particle,

    /// <summary>A title, honorific or rank.</summary>
    Title,

    /// <summary>A name made from the father's: -ovich, -ovna, -oğlu.</summary>
    Patronymic,

    /// <summary>A legal form of a company.</summary>
    LegalForm,

    /// <summary>A word that many organisations have: bank, group, المؤسسة.</summary>
    Generic,

    /// <summary>A number; to differ in one is to be another.</summary>
    Number,
}
