using System.Globalization;
using System.Text;

namespace Entente.Cli.Input;

/// <summary>Recognises columns by the names people give them, in English, French, Russian and Arabic.</summary>
/// <remarks>Case, spaces, underscores, dashes, dots and accents do not count: <c>Date of Birth</c> is <c>date_of_birth</c>.</remarks>
internal static class FieldNames
{
    /// <summary>For the message that says what was expected.</summary>
    public const string Expected = "name (or full_name), or first_name and last_name";

    private static readonly (Field Field, string Names)[] Spellings =
    [
        (Field.FullName, "full name|fullname|complete name|whole name|nom complet|nom et prenom|nom prenom|prenom nom|фио|полное имя|الاسم الكامل|الاسم بالكامل|caption|entity name|company name|organization name|organisation name|vessel name|raison sociale|наименование|название"),
        (Field.Name, "name|имя|الاسم|اسم"),
        (Field.FirstName, "first name|firstname|given name|given names|forename|forenames|prenom|prenoms|الاسم الاول|الاسم الأول"),
        (Field.MiddleName, "middle name|middlename|middle names|second name|father name|fathers name|patronymic|deuxieme prenom|отчество|اسم الاب|اسم الأب|الاسم الاوسط"),
        (Field.LastName, "last name|lastname|surname|family name|nom|nom de famille|фамилия|اللقب|اسم العائلة|الكنية|العائلة"),
        (Field.BirthDate, "birth date|birthdate|date of birth|dob|born|birth day|birthday|year of birth|birth year|yob|date de naissance|ne le|дата рождения|год рождения|تاريخ الميلاد|تاريخ الولادة"),
        (Field.Nationality, "nationality|nationalities|citizenship|nationalite|citoyennete|гражданство|الجنسية"),
        (Field.Country, "country|countries|country code|pays|страна|البلد|الدولة|بلد"),
        (Field.Gender, "gender|sex|sexe|genre|пол|الجنس"),
        (Field.BirthPlace, "place of birth|birth place|birthplace|pob|city of birth|lieu de naissance|место рождения|مكان الميلاد|مكان الولادة|محل الميلاد"),
        (Field.Address, "address|addresses|residence|adresse|адрес|العنوان"),
        (Field.Document, "document|document number|document no|passport|passport number|passport no|id number|national id|identity number|passeport|numero de passeport|piece identite|паспорт|номер паспорта|номер документа|جواز السفر|رقم الجواز|رقم جواز السفر|رقم الهوية"),
        (Field.Schema, "schema|type|entity type|тип|النوع"),
        (Field.Id, "id|identifier|reference|ref|record id|row id|customer id|client id|referentie|идентификатор|المعرف|المرجع"),
    ];

    /// <summary>The property names of FollowTheMoney, which say more exactly what a value is.</summary>
    private static readonly (Field Field, string Names)[] Properties =
    [
        (Field.FullName, "name|alias|weakAlias|previousName"),
        (Field.MiddleName, "fatherName|secondName"),
        (Field.Document, "idNumber|passportNumber|registrationNumber|imoNumber|taxNumber|innCode|ogrnCode"),
        (Field.Country, "jurisdiction|flag"),
    ];

    private static readonly Dictionary<string, Field> ByName = Index(Spellings);

    private static readonly Dictionary<string, Field> ByProperty = Index([.. Spellings, .. Properties]);

    /// <summary>What a column header means.</summary>
    /// <param name="header">As written in the file.</param>
    /// <returns>Its meaning, or <see cref="Field.None"/>.</returns>
    public static Field OfColumn(string header) => ByName.GetValueOrDefault(Fold(header));

    /// <summary>What a FollowTheMoney property means to a query.</summary>
    /// <param name="property">Such as <c>birthDate</c>.</param>
    /// <returns>Its meaning, or <see cref="Field.None"/>.</returns>
    public static Field OfProperty(string property) => ByProperty.GetValueOrDefault(Fold(property));

    /// <summary>A header in the form in which headers are compared.</summary>
    /// <param name="header">As written.</param>
    /// <returns>Lower-case letters and digits, without accents.</returns>
    public static string Fold(string header)
    {
        var folded = new StringBuilder(header.Length);
        foreach (var c in header.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }

    private static Dictionary<string, Field> Index((Field Field, string Names)[] spellings)
    {
        var index = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var (field, names) in spellings)
        {
            foreach (var name in names.Split('|'))
                index[Fold(name)] = field;
        }
        return index;
    }
}
