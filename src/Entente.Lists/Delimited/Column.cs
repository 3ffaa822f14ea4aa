namespace Entente.Lists.Delimited;

/// <summary>What a column of a table about people, companies or ships can mean.</summary>
public enum Column
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>The whole name.</summary>
    FullName,

    /// <summary>The whole name, or a given name when a surname stands in a column beside it: 'name', 'имя'.</summary>
    Name,

    /// <summary>Given name.</summary>
    FirstName,

    /// <summary>Middle name, father's name, patronymic.</summary>
    MiddleName,

    /// <summary>Surname.</summary>
    LastName,

    /// <summary>Another name of the same person or thing.</summary>
    Alias,

    /// <summary>Date or year of birth.</summary>
    BirthDate,

    /// <summary>Nationality or citizenship.</summary>
    Nationality,

    /// <summary>A country.</summary>
    Country,

    /// <summary>Gender.</summary>
    Gender,

    /// <summary>Place of birth.</summary>
    BirthPlace,

    /// <summary>Address or place of residence.</summary>
    Address,

    /// <summary>Number of a passport.</summary>
    Passport,

    /// <summary>Number of an identity card, of a document of any kind, of a registration.</summary>
    IdNumber,

    /// <summary>IMO number of a ship or of its owner.</summary>
    ImoNumber,

    /// <summary>FollowTheMoney schema.</summary>
    Schema,

    /// <summary>The row's own reference.</summary>
    Id,

    /// <summary>Why it is listed.</summary>
    Reason,

    /// <summary>When it was listed.</summary>
    ListedOn,

    /// <summary>Who says so, or where it is said.</summary>
    Source,

    /// <summary>What the listing rests on in law.</summary>
    LegalBasis,

    /// <summary>Remarks.</summary>
    Notes,
}
