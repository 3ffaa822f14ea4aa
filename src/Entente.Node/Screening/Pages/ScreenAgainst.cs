using Entente.Node.Alerts;
using Entente.Node.Holdings;
using Entente.Screening;

namespace Entente.Node.Screening.Pages;

/// <summary>What a person chose to screen against: everything, until they leave something out.</summary>
public sealed class ScreenAgainst
{
    /// <summary>Whether against the lists in use.</summary>
    public bool Lists { get; set; } = true;

    /// <summary>Whose records are held; none where the person may not read records.</summary>
    public IReadOnlyList<RecordOrigin> Origins { get; init; } = [];

    /// <summary>Nodes whose records are left out.</summary>
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    /// <summary>The choice; null where nothing is left to screen against.</summary>
    internal ScreeningScope? ToScope()
    {
        var records = Origins.Any(origin => !LeftOut.Contains(origin.Node)) ? new EntityFilter { ExcludeDatasets = [.. LeftOut.Order(StringComparer.Ordinal)] } : null;
        return Lists || records is not null ? new ScreeningScope(Lists ? EntityFilter.All : null, records) : null;
    }
}
