using System.Security.Claims;

namespace Entente.Node.Web.Layout;

/// <summary>Something that is said at the head of every page.</summary>
/// <param name="Tone"><c>note</c>, <c>warn</c> or <c>bad</c>.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Link">Where to go for more; null for nowhere.</param>
public sealed record PageNotice(string Tone, string Text, (string Href, string Text)? Link = null);

/// <summary>Gives notices for the head of every page. Registered by a capability; must be quick.</summary>
public interface IPageNotice
{
    /// <summary>What somebody who is signed in must know now.</summary>
    /// <param name="user">The reader.</param>
    /// <returns>Notices, the worst first; mostly none.</returns>
    ValueTask<IReadOnlyList<PageNotice>> ForAsync(ClaimsPrincipal user);
}
