using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>The report of what each partner adds, in the browser.</summary>
public sealed class ContributionTests(Browser browser)
{
    private const string Name = "مركز التنسيق";

    [Theory]
    [InlineData("ar")]
    [InlineData("fr")]
    public async Task The_report_names_those_the_matches_rest_on_and_takes_a_period(string language)
    {
        await using var node = await PartnerNode.StartAsync(Name);
        var own = node.Services.GetRequiredService<OwnIdentity>().Id;
        await node.Services.GetRequiredService<Ledger>().ActAsync(Actor.System("test"), act =>
        {
            // Three people: one on a list and in a record here, one in a record alone, one on lists alone.
            Confirm(act, "a", "un-XXi.001");
            Confirm(act, "a", $"{own}:r-1");
            Confirm(act, "b", $"{own}:r-2");
            Confirm(act, "c", "un-XXi.002");
            act.Record(AuditAction.AlertRaised, "alert:test", new { });
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
        await using var context = await browser.OpenAsync(language);
        var page = await node.SignedInAsync(context, "Liaison");

        await page.GotoAsync(node.Address + "/contribution");
        await Assertions.Expect(page.Locator("[data-matches]")).ToHaveTextAsync("3");
        var row = page.Locator($"tr[data-partner='{own}']");
        await Assertions.Expect(row.Locator("th")).ToContainTextAsync(Name);
        var half = language == "fr" ? "1,5" : "1.5";
        Assert.Equal([half, "2", "1", "1", "1"], (await row.Locator("td").AllInnerTextsAsync()).Select(text => text.Trim().Replace('٫', '.').Replace('١', '1').Replace('٥', '5').Replace('٢', '2')));
        await Shots.TakeAsync(page, $"contribution-{language}");
        await Axe.CheckAsync(page);
        await page.SetViewportSizeAsync(390, 800);
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));

        await page.FillAsync("#from", "2001-01-01");
        await page.FillAsync("#to", "2001-12-31");
        await page.ClickAsync(".filter button");
        await Assertions.Expect(page.Locator(".empty")).ToBeVisibleAsync();
        Assert.Equal(400, (await page.GotoAsync(node.Address + "/contribution?from=soon"))!.Status);
        await Assertions.Expect(page.Locator(".notice-bad")).ToBeVisibleAsync();
    }

    private static void Confirm(Act act, string subject, string entity)
    {
        var id = Entente.Node.Store.NodeId.New(act.At);
        act.Db.Alerts.Add(new Alert
        {
            Id = id,
            SubjectKey = subject,
            EntityId = entity,
            SubjectCaption = subject,
            EntityCaption = entity,
            Query = "{}",
            Match = "{}",
            Facts = "",
            Datasets = "",
            SearchText = subject,
            State = AlertState.Decided,
            Verdict = Verdict.TrueMatch,
            Screening = "",
            ListsId = "",
            RaisedAt = act.At,
            ChangedAt = act.At,
        });
        act.Db.Decisions.Add(new Decision { Id = Entente.Node.Store.NodeId.New(act.At), AlertId = id, SubjectKey = subject, EntityId = entity, Verdict = Verdict.TrueMatch, Reason = "seen", Author = "account:test", At = act.At, State = DecisionState.InForce, Facts = "" });
    }
}
