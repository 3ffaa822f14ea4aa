using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Bulk;

/// <summary>One's own bulk jobs on the overview.</summary>
internal sealed class BulkAttention(NodeStore store, IStringLocalizer<BulkTexts> texts) : IAttention
{
    public int Order => 4;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!user.May(Right.RunBulk))
            return [];
        var account = user.ToActor().AccountId;
        await using var db = store.Open();
        var running = await db.BulkJobs.CountAsync(job => job.AccountId == account && job.EndedAt == null, cancel).ConfigureAwait(false);
        return running == 0 ? [] : [new AttentionItem("plain", NumberWords.Count(running), texts["Running"], "/bulk")];
    }
}
