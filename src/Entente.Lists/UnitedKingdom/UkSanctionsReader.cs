namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads the UK Sanctions List, the official XML.</summary>
internal static class UkSanctionsReader
{
    public const string RootElement = "Designations";

    private const string Source = "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml";

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public static ListFile Read(ListXml xml, string file, ListLimits limits)
    {
        var list = new UkListDraft(file, limits);
        var dated = false;
        xml.EachChild(name =>
        {
            switch (name)
            {
                case "DateGenerated" when !dated:
                    var line = xml.Line;
                    list.Dated(xml.ReadRecord().Text, line);
                    dated = true;
                    break;
                case "Designation":
                    list.Add(xml.ReadRecord());
                    break;
                default:
                    list.LeaveOut($"the element <{name}>", xml.Line);
                    xml.Skip();
                    break;
            }
        });
        xml.ReadToEnd();
        if (!dated)
            list.Dated(null, 1);
        return list.Complete(Source);
    }
}
