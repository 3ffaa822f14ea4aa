using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Alerts;

/// <summary>Alerts on the overview.</summary>
internal sealed class AlertAttention(AlertQueue queue, IStringLocalizer<AlertTexts> texts) : IAttention
{
    public int Order => 1;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!user.May(Right.ReadAlerts))
            return [];
        var counts = await queue.CountAsync(user.ToActor().AccountId, cancel).ConfigureAwait(false);
        var (open, proposed) = (counts.States[AlertState.Open], counts.States[AlertState.Proposed]);
        return
        [
            new AttentionItem(open > 0 ? "bad" : "good", NumberWords.Count(open + proposed), texts["View.todo"], "/alerts"),
            new AttentionItem("plain", NumberWords.Count(counts.Mine), texts["View.mine"], "/alerts?view=mine"),
            new AttentionItem(proposed > 0 ? "warn" : "plain", NumberWords.Count(proposed), texts["View.proposed"], "/alerts?view=proposed"),
        ];
    }
}
