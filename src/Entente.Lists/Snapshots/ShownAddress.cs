namespace Entente.Lists.Snapshots;

/// <summary>Addresses as messages and screens show them.</summary>
public static class ShownAddress
{
    /// <summary>A web address or a file's path, without secrets.</summary>
    /// <param name="address">Absolute.</param>
    /// <returns>The address. Of its query only the names are left, as the values may be a person's token; user name,
    /// password and fragment are left out.</returns>
    public static string Of(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri)
            return address.OriginalString.Split('?')[0];
        if (address.IsFile)
            return address.LocalPath;
        var asked = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')[0] + "=...");
        return address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            + (address.Query.Length > 1 ? "?" + string.Join('&', asked) : "");
    }
}
