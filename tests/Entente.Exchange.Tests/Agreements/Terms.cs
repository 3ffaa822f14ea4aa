using Entente.Exchange.Agreements;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests.Agreements;

internal static class Terms
{
    public static Agreement Between(TestNode one, TestNode other, string? supersedes = null) => new()
    {
        Id = Agreement.NewId(),
        Parties = [one.Id, other.Id],
        Purposes = ["counter-terrorism"],
        LegalBases = ["S/RES/2253 (2015)", "S/RES/1373 (2001)"],
        Categories = [EntityCategory.Suspect, EntityCategory.Convicted],
        HighestTlp = Tlp.AmberStrict,
        RetentionDays = 180,
        Overlap = new OverlapBudget(4, 200_000, 30),
        Proposed = Nodes.Now.AddDays(-11),
        Starts = Nodes.Now.AddDays(-10),
        Ends = Nodes.Now.AddDays(355),
        Supersedes = supersedes,
    };

}
