namespace Entente.Node.Hosting;

/// <summary>A request that cannot be answered as it is asked: becomes a problem details answer.</summary>
/// <param name="status">The HTTP status, 400 to 499.</param>
/// <param name="detail">Where and what, and what to do; for the caller. No secrets.</param>
public sealed class RequestException(int status, string detail) : Exception(detail)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Members of the answer beside the standard ones, such as how what was to be changed is by now.</summary>
    public IDictionary<string, object?> Extensions { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>400: what was asked cannot be understood.</summary>
    /// <param name="detail">Where and what.</param>
    public static RequestException Bad(string detail) => new(400, detail);

    /// <summary>404: there is none, or the caller may not know of it.</summary>
    /// <param name="detail">What.</param>
    public static RequestException NotFound(string detail) => new(404, detail);

    /// <summary>409: it is no longer as the caller thinks.</summary>
    /// <param name="detail">How it is.</param>
    public static RequestException Conflict(string detail) => new(409, detail);

    /// <summary>403: the caller may not, in this state of things.</summary>
    /// <param name="detail">Why.</param>
    public static RequestException Forbidden(string detail) => new(403, detail);
}
