namespace Entente.Lists.Russia;

/// <summary>Reads Rosfinmonitoring's list as the XML that reporting organisations get.</summary>
internal sealed class RfmXmlReader(ListXml xml, string file, ListLimits limits)
{
    public const string RootElement = "Перечень";

    private readonly RfmListDraft _list = new(file, limits);

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        var found = false;
        xml.EachChild(name =>
        {
            switch (name)
            {
                case "ДатаПеречня":
                    var line = xml.Line;
                    _list.Dated(xml.ReadRecord().Text, line);
                    break;
                case "АктуальныйПеречень":
                    found = true;
                    xml.EachChild(ReadSubject);
                    break;
                // What was new, and what was taken off: the former stand in the list, the latter do not.
                case "ВерсияФормата" or "ДатаПредыдущегоПеречня" or "ПоследниеВключенные" or "ПоследниеИсключенные" or "ПоследниеИзмененные":
                    xml.Skip();
                    break;
                default:
                    LeaveOut(name);
                    break;
            }
        });
        xml.ReadToEnd();
        if (!found)
            throw _list.Error(null, "the file has no <АктуальныйПеречень>, the list in force. Fetch it again.");
        return _list.Complete();
    }

    private void ReadSubject(string name)
    {
        if (name != "Субъект")
        {
            LeaveOut(name);
            return;
        }
        var subject = xml.ReadRecord();
        var reference = subject.Value("ИдСубъекта") ?? subject.Value("УНС")
            ?? throw _list.Error(subject.Line, "a <Субъект> has neither ИдСубъекта nor УНС, so that nothing can refer to it. Fetch the list again.");
        var kind = subject.Children.Any(child => child.Name == "ФЛ") ? RfmKind.Person
            : subject.Children.Any(child => child.Name is "ЮЛ" or "Орг") ? RfmKind.Organisation : RfmKind.Unknown;
        var record = _list.Begin(reference, kind, subject.Line);
        if (kind == RfmKind.Unknown)
            record.Warn(subject.Line, "the subject is neither ФЛ, ЮЛ nor Орг; it was read as a person or an organisation.");
        new RfmXmlMapper(subject, record, _list).Map();
        _list.Add(record, subject.Line);
    }

    private void LeaveOut(string element)
    {
        _list.LeaveOut($"the element <{element}>", xml.Line);
        xml.Skip();
    }
}
