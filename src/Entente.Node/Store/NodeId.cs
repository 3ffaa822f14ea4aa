namespace Entente.Node.Store;

/// <summary>Ids of what the node makes: 32 hexadecimal digits that sort by time (a version 7 UUID, RFC 9562).</summary>
public static class NodeId
{
    /// <summary>A new id.</summary>
    /// <param name="at">The time.</param>
    public static string New(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("N");
}
