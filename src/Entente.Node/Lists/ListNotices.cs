using System.Security.Claims;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Lists;

/// <summary>Says at the head of every page when answers rest on the sample, or on lists that are old or could not be read.</summary>
internal sealed class ListNotices(ListsInUse lists, TimeProvider clock, IStringLocalizer<ListTexts> texts) : IPageNotice
{
    private const int MostNamed = 3;

    public ValueTask<IReadOnlyList<PageNotice>> ForAsync(ClaimsPrincipal user)
    {
        var notices = new List<PageNotice>();
        (string, string) link = ("/lists", texts["Notice.Lists"]);
        if (lists.Problem is not null)
            notices.Add(new PageNotice("bad", texts[lists.Current is null ? "Notice.None" : "Notice.Kept"], link));
        if (lists.Current is not { } current)
        {
            if (notices.Count == 0)
                notices.Add(new PageNotice("note", texts["Notice.Reading"]));
        }
        else if (current.IsSample)
        {
            notices.Add(new PageNotice("warn", texts["Notice.Sample"], link));
        }
        else if (current.Versions.Where(version => version.IsStale(clock.GetUtcNow())).Select(version => version.Title).ToList() is { Count: > 0 } stale)
        {
            notices.Add(new PageNotice("warn", stale.Count > MostNamed ? texts.Count("Notice.Stale", stale.Count) : string.Format(System.Globalization.CultureInfo.CurrentCulture, texts["Notice.StaleNamed"], string.Join(Languages.Comma, stale.Select(title => $"\u2068{title}\u2069"))), link));
        }
        return ValueTask.FromResult<IReadOnlyList<PageNotice>>(notices);
    }
}
