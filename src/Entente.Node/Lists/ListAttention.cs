using System.Security.Claims;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Lists;

/// <summary>Lists on the overview.</summary>
internal sealed class ListAttention(ListsInUse lists, TimeProvider clock, IStringLocalizer<ListTexts> texts) : IAttention
{
    public int Order => 3;

    public string Title => texts["Title"];

    public Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        var states = ListState.All(lists.Snapshots).Where(list => list.IsInstalled).ToList();
        var stale = states.Count(list => list.Version?.IsStale(clock.GetUtcNow()) == true);
        var held = states.Count(list => list.Held is not null);
        var damaged = states.Count(list => list.Fault is not null);
        var items = new List<AttentionItem>
        {
            new("plain", NumberWords.Count(states.Count(list => list.Current is not null)), texts["InUse"], "/lists"),
            new(stale > 0 ? "warn" : "good", NumberWords.Count(stale), texts["State.Stale"], "/lists"),
            new(held > 0 ? "warn" : "plain", NumberWords.Count(held), texts["State.Held"], "/lists"),
        };
        if (damaged > 0)
            items.Add(new AttentionItem("bad", NumberWords.Count(damaged), texts["State.Damaged"], "/lists"));
        return Task.FromResult<IReadOnlyList<AttentionItem>>(items);
    }
}
