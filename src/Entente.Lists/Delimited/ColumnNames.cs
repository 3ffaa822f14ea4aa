using System.Text;

namespace Entente.Lists.Delimited;

/// <summary>Recognises columns by the names people give them, in English, French, Russian and Arabic.</summary>
/// <remarks>Case, spaces, underscores, dashes, dots and accents do not count: <c>Date of Birth</c> is <c>date_of_birth</c>.</remarks>
public static class ColumnNames
{
    private static readonly (Column Column, string Names)[] Spellings =
    [
        (Column.FullName, "full name|fullname|complete name|whole name|nom complet|nom et prenom|nom prenom|prenom nom|фио|полное имя|الاسم الكامل|الاسم بالكامل|caption|entity name|company name|organization name|organisation name|vessel name|raison sociale|наименование|название"),
        (Column.Name, "name|имя|الاسم|اسم"),
        (Column.FirstName, "first name|firstname|given name|given names|forename|forenames|prenom|prenoms|الاسم الاول|الاسم الأول"),
        (Column.MiddleName, "middle name|middlename|middle names|second name|father name|fathers name|patronymic|deuxieme prenom|отчество|اسم الاب|اسم الأب|الاسم الاوسط"),
        (Column.LastName, "last name|lastname|surname|family name|nom|nom de famille|фамилия|اللقب|اسم العائلة|الكنية|العائلة"),
        (Column.Alias, "alias|aliases|aka|also known as|other name|other names|known as|autre nom|autres noms|dit|псевдоним|псевдонимы|другие имена|другое имя|также известен как|الاسم المستعار|الأسماء المستعارة|اسماء اخرى|أسماء أخرى|يعرف باسم"),
        (Column.BirthDate, "birth date|birthdate|date of birth|dob|born|birth day|birthday|year of birth|birth year|yob|date de naissance|ne le|дата рождения|год рождения|تاريخ الميلاد|تاريخ الولادة"),
        (Column.Nationality, "nationality|nationalities|citizenship|nationalite|citoyennete|гражданство|الجنسية"),
        (Column.Country, "country|countries|country code|pays|страна|البلد|الدولة|بلد"),
        (Column.Gender, "gender|sex|sexe|genre|пол|الجنس"),
        (Column.BirthPlace, "place of birth|birth place|birthplace|pob|city of birth|lieu de naissance|место рождения|مكان الميلاد|مكان الولادة|محل الميلاد"),
        (Column.Address, "address|addresses|residence|adresse|адрес|العنوان"),
        (Column.Passport, "passport|passport number|passport no|passeport|numero de passeport|паспорт|номер паспорта|جواز السفر|رقم الجواز|رقم جواز السفر"),
        (Column.IdNumber, "document|document number|document no|id number|national id|identity number|piece identite|номер документа|رقم الهوية"),
        (Column.ImoNumber, "imo|imo number|imo no|numero imo|имо|номер имо|номер ИМО|رقم المنظمة البحرية الدولية|رقم ايمو"),
        (Column.Schema, "schema|type|entity type|тип|النوع"),
        (Column.Id, "id|identifier|reference|ref|record id|row id|customer id|client id|referentie|идентификатор|المعرف|المرجع"),
        (Column.Reason, "reason|reasons|grounds|ground|listing reason|reason for listing|motif|motifs|raison|причина|основание включения|السبب|سبب الادراج|الأسباب"),
        (Column.ListedOn, "listed on|listing date|date listed|listed|date of listing|date added|added on|date inscription|date d inscription|inscrit le|дата включения|дата внесения|تاريخ الادراج|تاريخ الإدراج"),
        (Column.Source, "source|sources|source url|origine|источник|المصدر"),
        (Column.LegalBasis, "legal basis|base legale|fondement juridique|fondement legal|правовое основание|правовая основа|الأساس القانوني|السند القانوني"),
        (Column.Notes, "notes|note|remarks|remark|comment|comments|remarque|remarques|commentaire|commentaires|примечание|примечания|комментарий|ملاحظات|ملاحظة"),
    ];

    private static readonly Dictionary<string, Column> ByName = Index();

    /// <summary>What a column header means.</summary>
    /// <param name="header">As written in the file.</param>
    /// <returns>Its meaning, or <see cref="Column.None"/>.</returns>
    public static Column Of(string header)
    {
        var folded = Fold(header);
        if (ByName.TryGetValue(folded, out var column))
            return column;
        // alias1, alias_2, 'other name 3'
        return ByName.GetValueOrDefault(folded.TrimEnd("0123456789".ToCharArray())) == Column.Alias ? Column.Alias : Column.None;
    }

    /// <summary>The English names of a meaning, the usual one first, for messages.</summary>
    /// <param name="column">A meaning.</param>
    /// <returns>Such as <c>listed_on</c>.</returns>
    public static string UsualName(Column column)
    {
        var names = Array.Find(Spellings, row => row.Column == column).Names ?? "";
        return names.Split('|')[0].Replace(' ', '_');
    }

    /// <summary>A header in the form in which headers are compared.</summary>
    /// <param name="header">As written.</param>
    /// <returns>Lower-case letters and digits, without accents.</returns>
    public static string Fold(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var folded = new StringBuilder(header.Length);
        foreach (var c in Decompose(header))
        {
            if (char.IsLetterOrDigit(c))
                folded.Append(char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }

    // Half a surrogate pair does not decompose; no known header has one.
    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static Dictionary<string, Column> Index()
    {
        var index = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var (column, names) in Spellings)
        {
            foreach (var name in names.Split('|'))
                index[Fold(name)] = column;
        }
        return index;
    }
}
