using System.Security.Claims;

namespace Entente.Node.Web.Layout;

/// <summary>Something on the overview.</summary>
/// <param name="Tone"><c>bad</c>, <c>warn</c>, <c>good</c> or <c>plain</c>.</param>
/// <param name="Number">How many.</param>
/// <param name="Text">Of what, in the reader's language.</param>
/// <param name="Href">Where it is dealt with.</param>
public sealed record AttentionItem(string Tone, string Number, string Text, string Href);

/// <summary>Says what the overview shows of a capability. Must be quick.</summary>
public interface IAttention
{
    /// <summary>Place on the page, from the top.</summary>
    int Order { get; }

    /// <summary>The heading, in the reader's language.</summary>
    string Title { get; }

    /// <summary>What somebody may see of it.</summary>
    /// <param name="user">The reader.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>None where it is nothing to the reader.</returns>
    Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel);
}
