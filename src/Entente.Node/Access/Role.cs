namespace Entente.Node.Access;

/// <summary>What somebody does here. Somebody may have several roles; somebody with none may do nothing.</summary>
public enum Role
{
    /// <summary>Screens, works on alerts and proposes decisions.</summary>
    Analyst,

    /// <summary>Decides alerts, and approves what others proposed.</summary>
    Reviewer,

    /// <summary>Keeps accounts, keys, lists and settings; decides nothing.</summary>
    Administrator,

    /// <summary>Deals with partners.</summary>
    Liaison,

    /// <summary>Reads everything, the audit trail above all, and changes nothing.</summary>
    Auditor,
}
