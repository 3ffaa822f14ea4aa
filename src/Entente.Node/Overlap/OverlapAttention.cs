using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Overlap;

/// <summary>Overlap on the overview: runs that wait for a person here.</summary>
internal sealed class OverlapAttention(OwnIdentity own, NodeStore store, IStringLocalizer<OverlapTexts> texts) : IAttention
{
    public int Order => 7;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!own.IsOn || !user.May(Right.ReadRecords))
            return [];
        await using var db = store.Open();
        var asked = await db.OverlapRuns.CountAsync(run => run.State == OverlapState.Asked, cancel).ConfigureAwait(false);
        var offered = await db.OverlapRuns.CountAsync(run => run.State == OverlapState.Offered, cancel).ConfigureAwait(false);
        return
        [
            new AttentionItem(asked > 0 ? "warn" : "plain", NumberWords.Count(asked), texts["Attention.Asked"], "/overlap"),
            new AttentionItem(offered > 0 ? "warn" : "plain", NumberWords.Count(offered), texts["Attention.Offered"], "/overlap"),
        ];
    }
}
