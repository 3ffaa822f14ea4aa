namespace Entente.Desk.Rows;

/// <summary>What a column or JSON member of a row to screen can mean.</summary>
public enum Field
{
    /// <summary>Not known; the column is ignored.</summary>
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

    /// <summary>Date or year of birth.</summary>
    BirthDate,

    /// <summary>Nationality or citizenship.</summary>
    Nationality,

    /// <summary>A country; the nationality when no other column says it.</summary>
    Country,

    /// <summary>Gender.</summary>
    Gender,

    /// <summary>Place of birth.</summary>
    BirthPlace,

    /// <summary>Address or place of residence.</summary>
    Address,

    /// <summary>Number of a passport or other document.</summary>
    Document,

    /// <summary>FollowTheMoney schema.</summary>
    Schema,

    /// <summary>The row's own reference, given back with its answer.</summary>
    Id,
}
