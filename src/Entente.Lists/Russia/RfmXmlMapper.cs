using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Russia;

/// <summary>Turns one <c>Субъект</c> into a listed entity and what hangs on it.</summary>
internal sealed class RfmXmlMapper(ListElement subject, RecordDraft record, RfmListDraft list)
{
    private readonly EntityBuilder _subject = record.Subject;
    private readonly EntityBuilder _sanction = record.Sanction;

    public void Map()
    {
        _sanction.Add("recordId", subject.Value("ИдСубъекта"));
        foreach (var element in subject.Children)
        {
            switch (element.Name)
            {
                case "ИдСубъекта" or "ТипСубъекта":
                    break; // read before; the kind is told by what the subject holds
                case "УНС":
                    _sanction.Add("authorityId", element.Text);
                    break;
                case "ФЛ" or "ЮЛ" or "Орг":
                    ReadBody(element);
                    break;
                case "СписокАдресов":
                    foreach (var address in element.All("Адрес"))
                        ReadAddress(address);
                    break;
                case "История":
                    ReadHistory(element);
                    break;
                case "Террорист":
                    break; // below
                case "Примечание":
                    _subject.Add("notes", element.Text);
                    break;
                default:
                    LeaveOut(element);
                    break;
            }
        }
        // Where the list does not say, it is both lists in one: nobody may be called a terrorist for want of a mark.
        RfmListDraft.AddGrounds(record, subject.Value("Террорист") is "1" or "true" or "да", isListed: true);
        if (_subject.Values("name").IsEmpty)
            record.Warn(subject.Line, "the entry has no name.");
    }

    private void ReadBody(ListElement body)
    {
        if ((body.Value("ФИО") ?? body.Value("Наименование")) is { } name)
        {
            var bare = name.Replace("*", "", StringComparison.Ordinal).Trim();
            if (body.Value("Фамилия") is null && body.Value("Имя") is null)
                RfmNames.AddMain(record, bare);
            else
                _subject.Add("name", bare, NameLanguage.Of(bare, "rus"));
        }
        if (_subject.Schema == "Person" && (body.Value("Фамилия") ?? body.Value("Имя")) is not null)
        {
            var (family, given, rest) = (body.Value("Фамилия"), body.Value("Имя"), body.Value("Отчество"));
            RfmNames.AddParts(record, family, given, rest);
            if (_subject.Values("name").IsEmpty)
                _subject.Add("name", string.Join(' ', new[] { family, given, rest }.OfType<string>()), "rus");
        }
        ReadFurtherNames(body);
        var births = false;
        foreach (var element in body.Children)
        {
            switch (element.Name)
            {
                case "ФИО" or "Наименование" or "Фамилия" or "Имя" or "Отчество":
                    break; // read above
                case "ФИОЛат" or "НаименованиеЛат":
                    if (element.Text.Length > 0)
                        RfmNames.AddOther(record, element.Text);
                    break;
                case "ДатаРождения" or "ГодРождения":
                    if (!births)
                        ReadBirth(body);
                    births = true;
                    break;
                case "МестоРождения":
                    RfmListDraft.AddPlace(record, element.Text);
                    break;
                case "ИНН":
                    _subject.Add("innCode", element.Text);
                    break;
                case "СНИЛС":
                    _subject.Add(_subject.Schema == "Person" ? "socialSecurityNumber" : "idNumber", element.Text);
                    break;
                case "ОГРН":
                    _subject.Add("ogrnCode", element.Text);
                    break;
                case "ДатаРегистрации":
                    if (element.Text.Length > 0)
                        record.AddDate(_subject, "incorporationDate", element.Text, element.Line);
                    break;
                case "МестоРегистрации":
                    _subject.Add("address", element.Text);
                    break;
                case "Пол":
                    ReadGender(element);
                    break;
                case "СписокДрНаименований":
                    foreach (var other in element.All("ДрНаименование"))
                        ReadOther(other);
                    break;
                case "СписокГражданств":
                    foreach (var citizenship in element.Children)
                        ReadCountry(citizenship, "citizenship");
                    break;
                case "СписокДокументов":
                    foreach (var paper in element.All("Документ"))
                        ReadPaper(paper);
                    break;
                default:
                    LeaveOut(element);
                    break;
            }
        }
    }

    // One name is what a body has. More of them, which no description knows of, must not be lost.
    private void ReadFurtherNames(ListElement body)
    {
        foreach (var element in body.Children.Where(child => child.Name is "ФИО" or "Наименование" && child.Text.Length > 0 && child.Text != (body.Value("ФИО") ?? body.Value("Наименование"))))
        {
            record.Warn(element.Line, $"there is a second name in <{element.Name}>; it was read as an alias.");
            RfmNames.AddOther(record, element.Text.Replace("*", "", StringComparison.Ordinal).Trim());
        }
    }

    // The year stands beside the whole date, and alone where that is not known.
    private void ReadBirth(ListElement person)
    {
        if ((person.Value("ДатаРождения") ?? person.Value("ГодРождения")) is { } birth)
            RfmListDraft.AddBirth(record, birth, person.Line);
    }

    private void ReadGender(ListElement element)
    {
        if (element.Text.Length == 0)
            return;
        if (_subject.Schema == "Person" && GenderText.TryRead(element.Text, out var gender))
            _subject.Add("gender", gender);
        else
            record.Warn(element.Line, $"the gender '{ShortText.Of(element.Text)}' {(_subject.Schema == "Person" ? "is not known" : "is that of no person")} and was left out.");
    }

    private void ReadOther(ListElement other)
    {
        foreach (var element in other.Children)
        {
            switch (element.Name)
            {
                case "ФИО" or "Наименование" or "ФИОЛат" or "НаименованиеЛат":
                    if (element.Text.Length > 0)
                        RfmNames.AddOther(record, element.Text.Replace("*", "", StringComparison.Ordinal).Trim());
                    break;
                case "Фамилия" or "Имя" or "Отчество":
                    break; // parts of ФИО
                case "ДатаРождения":
                    if (element.Text.Length > 0)
                        RfmListDraft.AddBirth(record, element.Text, element.Line);
                    break;
                case "ГодРождения":
                    if (element.Text.Length > 0 && other.Value("ДатаРождения") is null)
                        RfmListDraft.AddBirth(record, element.Text, element.Line);
                    break;
                case "МестоРождения":
                    RfmListDraft.AddPlace(record, element.Text);
                    break;
                case "ИНН":
                    _subject.Add("innCode", element.Text);
                    break;
                default:
                    LeaveOut(element);
                    break;
            }
        }
        if (other.Children.Count == 0 && other.Text.Length > 0)
            RfmNames.AddOther(record, other.Text);
    }

    private void ReadPaper(ListElement paper)
    {
        var kind = paper.All("ТипДокумента").FirstOrDefault();
        RfmListDraft.AddPaper(record, paper.Value("Серия"), paper.Value("Номер"), paper.Value("ОрганВыдачи"),
            kind?.Value("Наименование") ?? (kind?.Text is { Length: > 0 } text ? text : null), paper.Value("ДатаВыдачи"), paper.Line);
        foreach (var element in paper.Children.Where(child => child.Name is not ("ТипДокумента" or "Серия" or "Номер" or "ОрганВыдачи" or "ДатаВыдачи")))
            LeaveOut(element);
    }

    private void ReadAddress(ListElement element)
    {
        var text = element.Value("ТекстАдреса") ?? (element.Text.Length > 0 ? element.Text : null);
        foreach (var country in element.All("Страна"))
            ReadCountry(country, "country");
        foreach (var other in element.Children.Where(child => child.Name is not ("ТекстАдреса" or "Страна" or "ТипАдреса")))
            LeaveOut(other);
        if (text is null)
            return; // a country alone is no address
        var address = record.Link("address", "Address", text);
        address.Add("full", text);
        foreach (var country in element.All("Страна"))
        {
            if (CodeOf(country) is { } code)
                address.Add("country", code);
        }
        _subject.Add("address", text).Add("addressEntity", address.Id);
    }

    private void ReadCountry(ListElement country, string property)
    {
        if (_subject.Schema != "Person" && property == "citizenship")
            property = "country";
        if (CodeOf(country) is { } code)
            _subject.Add(property, code);
        else
            CountryText.AddTo(_subject, property, country.Value("Наименование") ?? (country.Text.Length > 0 ? country.Text : null));
    }

    private static string? CodeOf(ListElement country) =>
        CountryNumber.TryRead(country.Value("Код") ?? country.Text, out var code) ? code
        : Countries.TryNormalise(country.Value("Наименование") ?? country.Text, out code) ? code : null;

    private void ReadHistory(ListElement history)
    {
        foreach (var element in history.Children.Where(child => child.Text.Length > 0))
        {
            switch (element.Name)
            {
                case "ДатаВключения":
                    if (record.AddDate(_sanction, "listingDate", element.Text, element.Line) is { } listed)
                        _sanction.Add("startDate", listed.ToString(), originalValue: element.Text);
                    break;
                case "ДатаИзменения" or "ДатаМодификации":
                    if (record.AddDate(_sanction, "modifiedAt", element.Text, element.Line) is { } modified)
                        _subject.Add("modifiedAt", modified.ToString());
                    break;
                default:
                    LeaveOut(element);
                    break;
            }
        }
    }

    private void LeaveOut(ListElement element)
    {
        if (element.Text.Length > 0 || element.Children.Count > 0)
            list.LeaveOut($"the element <{element.Name}>", element.Line);
    }
}
