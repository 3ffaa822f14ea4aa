using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Partners;

/// <summary>Partners on the overview: what waits for a person here.</summary>
internal sealed class PartnerAttention(OwnIdentity own, NodeStore store, IStringLocalizer<PartnerTexts> texts) : IAttention
{
    public int Order => 5;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!own.IsOn || !user.May(Right.ReadPartners))
            return [];
        await using var db = store.Open();
        var introduced = await db.Partners.CountAsync(partner => partner.State == PartnerState.Introduced, cancel).ConfigureAwait(false);
        var offered = await db.Agreements.CountAsync(agreement => agreement.State == AgreementStanding.Offered, cancel).ConfigureAwait(false);
        return
        [
            new AttentionItem(introduced > 0 ? "warn" : "plain", NumberWords.Count(introduced), texts["Attention.Introduced"], "/partners"),
            new AttentionItem(offered > 0 ? "warn" : "plain", NumberWords.Count(offered), texts["Attention.Offered"], "/partners"),
        ];
    }
}
