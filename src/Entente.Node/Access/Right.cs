using System.Collections.Frozen;

namespace Entente.Node.Access;

/// <summary>One thing that an endpoint or a page may ask for. An API key is limited to some of those of its owner's roles.</summary>
public enum Right
{
    /// <summary>Screen a name, read listed entities and the lists in use.</summary>
    Screen,

    /// <summary>Read alerts and the decisions on them.</summary>
    ReadAlerts,

    /// <summary>Take, hand over and comment alerts, and propose a decision.</summary>
    WorkAlerts,

    /// <summary>Decide an alert, and approve or return a decision that somebody else proposed.</summary>
    DecideAlerts,

    /// <summary>Read the book of monitored subjects and what monitoring found.</summary>
    ReadSubjects,

    /// <summary>Add, change and remove monitored subjects.</summary>
    ManageSubjects,

    /// <summary>Screen whole files.</summary>
    RunBulk,

    /// <summary>Update, add, accept and roll back lists.</summary>
    ManageLists,

    /// <summary>Keep accounts, and everybody's API keys.</summary>
    ManageAccounts,

    /// <summary>Change policy, webhooks, retention and other settings.</summary>
    ManageSettings,

    /// <summary>Read and verify the audit trail, and replay a screening.</summary>
    ReadAudit,

    /// <summary>Take the audit trail out of the node.</summary>
    ExportAudit,

    /// <summary>Make API keys for oneself.</summary>
    ManageOwnKeys,

    /// <summary>Read the node's measurements at <c>/metrics</c>.</summary>
    ReadMetrics,

    /// <summary>Read the records that this node holds, its own and those of partners, and screen against them.</summary>
    ReadRecords,

    /// <summary>Write this node's own records: make, change and tighten them.</summary>
    WriteRecords,

    /// <summary>Propose that a record goes to a partner.</summary>
    ProposeReleases,

    /// <summary>Approve or return what somebody else proposed to release, and recall a record.</summary>
    ApproveReleases,

    /// <summary>Ask that overlap with a partner is looked for.</summary>
    AskOverlap,

    /// <summary>Approve, accept or decline that overlap with a partner is looked for.</summary>
    ApproveOverlap,

    /// <summary>Read which partners there are, what was agreed with them and what they hold.</summary>
    ReadPartners,

    /// <summary>Pair with partners, agree with them, suspend them, and change this node's own key.</summary>
    ManagePartners,

    /// <summary>Read by TAXII the collections that one is a reader of.</summary>
    ReadTaxii,
}

/// <summary>Which role may do what: the one table, which <c>docs/security.md</c> shows and a test holds.</summary>
public static class RoleRights
{
    private static readonly FrozenDictionary<Role, FrozenSet<Right>> Table = new Dictionary<Role, FrozenSet<Right>>
    {
        [Role.Analyst] = [Right.Screen, Right.ReadAlerts, Right.WorkAlerts, Right.ReadSubjects, Right.ManageSubjects, Right.RunBulk, Right.ManageOwnKeys,
            Right.ReadRecords, Right.WriteRecords, Right.ProposeReleases, Right.AskOverlap, Right.ReadPartners],
        [Role.Reviewer] = [Right.Screen, Right.ReadAlerts, Right.WorkAlerts, Right.DecideAlerts, Right.ReadSubjects, Right.ManageSubjects, Right.RunBulk, Right.ManageOwnKeys,
            Right.ReadRecords, Right.WriteRecords, Right.ProposeReleases, Right.ApproveReleases, Right.AskOverlap, Right.ApproveOverlap, Right.ReadPartners],
        [Role.Administrator] = [Right.ManageLists, Right.ManageAccounts, Right.ManageSettings, Right.ManageOwnKeys, Right.ReadMetrics, Right.ReadPartners, Right.ManagePartners],
        [Role.Liaison] = [Right.Screen, Right.ReadAlerts, Right.ReadSubjects, Right.ManageOwnKeys,
            Right.ReadRecords, Right.ProposeReleases, Right.ApproveReleases, Right.AskOverlap, Right.ApproveOverlap, Right.ReadPartners, Right.ManagePartners, Right.ReadTaxii],
        [Role.Auditor] = [Right.ReadAlerts, Right.ReadSubjects, Right.ReadAudit, Right.ExportAudit, Right.ReadRecords, Right.ReadPartners],
    }.ToFrozenDictionary();

    /// <summary>What somebody with these roles may do.</summary>
    /// <param name="roles">The roles; none gives nothing.</param>
    /// <returns>Distinct rights, in the order of <see cref="Right"/>.</returns>
    public static IReadOnlyList<Right> Of(IEnumerable<Role> roles) => [.. roles.SelectMany(role => Table[role]).Distinct().Order()];
}
