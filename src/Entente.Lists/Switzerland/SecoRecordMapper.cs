using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>Turns one target into a listed entity and what hangs on it.</summary>
/// <param name="target">The target, without its history.</param>
/// <param name="body">Its individual, entity or object; null where it has none.</param>
/// <param name="context">Where to.</param>
/// <param name="programs">The list's programmes.</param>
/// <param name="places">The list's places.</param>
/// <param name="targets">The numbers of all targets, to which relations lead.</param>
/// <param name="reported">Names of elements that the list has been found fault with for.</param>
internal sealed class SecoRecordMapper(ListElement target, ListElement? body, RecordDraft context, SecoPrograms programs, SecoPlaces places, HashSet<string> targets, HashSet<string> reported)
{
    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    public void Map()
    {
        var identities = body?.All("identity").Concat(target.All("identity")).ToList() ?? [.. target.All("identity")];
        // Where none is marked as the main one, it is the first.
        var main = identities.Find(identity => identity.Attribute("main") is "true" or "1") ?? identities.FirstOrDefault();
        foreach (var identity in identities.OrderBy(identity => identity != main))
            SecoNames.Read(identity, identity == main, context);
        if (_subject.Values("name").IsEmpty)
            context.Warn(target.Line, "the entry has no primary name.");

        _sanction.Add("authority", "State Secretariat for Economic Affairs (SECO)").Add("recordId", target.Attribute("ssid"));
        SecoHistory.Read(target, context);
        ReadSet(target.Attribute("sanctions-set-id"), target.Line);
        if (_subject.Schema == "Person" && (body?.Attribute("sex") ?? body?.Attribute("gender")) is { } sex)
            ReadGender(sex);

        var details = new SecoIdentities(context, places);
        foreach (var element in identities.SelectMany(identity => identity.Children))
        {
            if (!details.TryRead(element))
                LeaveOut(element);
        }
        foreach (var element in target.Children.Concat(body?.Children ?? []))
            Read(element);
        if (Damaged(target))
            context.Warn(target.Line, "holds the sign for a letter that was lost (U+FFFD) at the publisher's.");
    }

    private void Read(ListElement element)
    {
        switch (element.Name)
        {
            case "identity" or "individual" or "entity" or "object" or SecoHistory.Element:
                break; // read above
            case "sanctions-set-id":
                ReadSet(element.Text, element.Line);
                break;
            case "foreign-identifier":
                if (UnReference.TryRead(element.Text, out var reference))
                    _sanction.Add("unscId", reference);
                else
                    _sanction.Add("authorityId", element.Text);
                break;
            case "generic-attribute":
                _subject.Add("notes", element.Text.Length == 0 ? null : element.Attribute("name") is { } name ? $"{name}: {element.Text}" : element.Text);
                break;
            case "justification":
                _sanction.Add("reason", element.Text);
                break;
            case "other-information":
                _subject.Add("notes", element.Text);
                ReadShipNumber(element.Text);
                break;
            case "relation":
                ReadRelation(element);
                break;
            default:
                LeaveOut(element);
                break;
        }
    }

    private void ReadSet(string? id, int line)
    {
        if (string.IsNullOrEmpty(id))
            return;
        if (programs.Find(id) is not { } set)
        {
            context.Warn(line, $"the sanctions set {id} is not in the list and was left out.");
            return;
        }
        var program = set.Key ?? set.Title;
        var programId = set.Program is null ? null : "CH-" + set.Program;
        _subject.Add("program", program).Add("programId", programId);
        _sanction.Add("program", program).Add("programId", programId).Add("provisions", set.Measures).Add("description", set.Title);
        if (set.Origin is not null)
            _sanction.Add("description", "Origin: " + set.Origin);
    }

    private void ReadGender(string text)
    {
        if (GenderText.TryRead(text, out var gender))
            _subject.Add("gender", gender);
        else if (!text.Equals("unknown", StringComparison.OrdinalIgnoreCase))
            context.Warn(body!.Line, $"the gender '{text}' is not known and was left out.");
    }

    // 'IMO Number: 9074729': the list has no field of its own for it.
    private void ReadShipNumber(string text)
    {
        if (_subject.Schema == "Vessel" && text.Contains("IMO", StringComparison.Ordinal)
            && ShipNumber.Digits(text) is var digits && ShipNumber.IsShips(digits))
        {
            _subject.Add("imoNumber", digits, originalValue: text);
        }
    }

    private void ReadRelation(ListElement relation)
    {
        var type = relation.Attribute("relation-type");
        var remark = relation.Text.Length > 0 ? relation.Text : relation.Value("remark");
        if (relation.Attribute("target-id") is not { } other)
        {
            _subject.Add("notes", remark is null ? null : $"Relation{(type is null ? "" : $" ({type})")}: {remark}");
            return;
        }
        if (!targets.Contains(other))
        {
            context.Warn(relation.Line, $"the target {other} of a relation is not in the list and was left out.");
            return;
        }
        context.Link("relation", "UnknownLink", $"{other}|{type}")
            .Add("subject", _subject.Id).Add("object", SecoListReader.IdOf(other)).Add("role", type).Add("summary", remark);
    }

    private void LeaveOut(ListElement element)
    {
        if ((element.Text.Length > 0 || element.Children.Count > 0) && reported.Add(element.Name))
            context.Warn(element.Line, $"the element <{element.Name}> is not known; it was left out, here and wherever else it stands.");
    }

    private static bool Damaged(ListElement element) =>
        element.Text.Contains('\uFFFD', StringComparison.Ordinal) || element.Children.Any(Damaged);
}
