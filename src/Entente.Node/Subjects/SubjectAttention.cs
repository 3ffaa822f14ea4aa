using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Subjects;

/// <summary>The book of subjects on the overview.</summary>
internal sealed class SubjectAttention(SubjectReader reader, IStringLocalizer<SubjectTexts> texts) : IAttention
{
    public int Order => 2;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel) => user.May(Right.ReadSubjects)
        ? [new AttentionItem("plain", NumberWords.Count(await reader.CountAsync(cancel).ConfigureAwait(false)), texts["InBook"], "/subjects")]
        : [];
}
