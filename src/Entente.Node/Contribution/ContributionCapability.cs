using System.Globalization;
using Entente.Exchange.Contribution;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Contribution;

/// <summary>What each partner adds: whose records the matches rest on that people here confirmed.</summary>
internal static class ContributionCapability
{
    public static void AddContribution(this IServiceCollection services) => services.AddSingleton<ContributionReader>();

    public static void MapContribution(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/contribution", async (HttpRequest request, ContributionReader reader, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "from", "until");
            return Results.Json(await reader.ReportAsync(Time(query, "from"), Time(query, "until"), cancel).ConfigureAwait(false), NodeJson.Options);
        }).RequireRight(Right.ReadPartners);

    private static DateTimeOffset? Time(QueryText query, string name) => query.Text(name) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => throw RequestException.Bad($"{name}: expected a time such as 2026-01-01T00:00:00Z."),
    };
}

/// <summary>What partners added in a period.</summary>
/// <param name="From">From when decisions count.</param>
/// <param name="Until">Until before when; null for now.</param>
/// <param name="Matches">How many subjects were confirmed to be somebody listed or recorded.</param>
/// <param name="Partners">Whose records that rested on, the largest share first. <c>lists</c> is all public lists together.</param>
internal sealed record ContributionView(DateTimeOffset? From, DateTimeOffset? Until, int Matches, IReadOnlyList<PartnerContribution> Partners);

/// <summary>Works out what partners added.</summary>
/// <remarks>
/// One match is one subject that people decided to be somebody, however many entries name him. It rests on whoever had such an entry:
/// a partner whose record it was, or the public lists. Any of them alone would have found it.
/// </remarks>
internal sealed class ContributionReader(OwnIdentity own, NodeStore store)
{
    /// <summary>All public lists together, as one that contributes.</summary>
    public const string Lists = "lists";

    /// <summary>The report of a period.</summary>
    /// <param name="from">From when decisions count; null for all.</param>
    /// <param name="until">Until before when; null for now.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ContributionView> ReportAsync(DateTimeOffset? from, DateTimeOffset? until, CancellationToken cancel)
    {
        await using var db = store.Open();
        var query = db.Decisions.AsNoTracking().Where(decision => decision.State == DecisionState.InForce && decision.Verdict == Verdict.TrueMatch);
        if (from is { } first)
            query = query.Where(decision => decision.At >= first);
        if (until is { } last)
            query = query.Where(decision => decision.At < last);
        var confirmed = await query.Select(decision => new { decision.SubjectKey, decision.EntityId }).ToListAsync(cancel).ConfigureAwait(false);
        var partners = await db.Partners.AsNoTracking().Where(partner => partner.State != PartnerState.Introduced).Select(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false);
        var report = ContributionReport.Of(
            confirmed.GroupBy(each => each.SubjectKey, StringComparer.Ordinal).Select(group => ConfirmedMatch.ByAny(group.Key, group.Select(each => HeldRecord.OriginatorOf(each.EntityId) ?? Lists))),
            own.IsOn ? [own.Id, .. partners] : partners);
        return new ContributionView(from, until, report.Matches, report.Partners);
    }
}
