using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Overlap;
using Entente.Node.Partners;
using Entente.Node.Subjects;
using Entente.Records.Markings;
using Entente.Screening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Two real nodes that look for what both hold, decided by people in the browser.</summary>
public sealed class OverlapTests(Browser browser)
{
    private const string First = "مركز التنسيق في الرباط", Second = "Ruritania Liaison Office";

    // Fictional people: one as each side spells him, one whom both spell alike, and one whom only one side knows.
    private const string Ours = "معمر النهري", Theirs = "Moammar Nahri", Alike = "Jean-Luc Moreau", OnlyOurs = "سميرة وهبي";

    // What makes the two nodes partners is looked at in PartnerTests.
    private static readonly Actor Liaison = new("account:test", "test", RoleRights.Of([Role.Analyst, Role.Liaison]).ToHashSet());

    [Fact]
    public async Task Ask_approve_accept_and_see_across_scripts_what_both_hold_then_decline()
    {
        await using var first = await PartnerNode.StartAsync(First);
        await using var second = await PartnerNode.StartAsync(Second);
        await using var arabic = await browser.OpenAsync("ar");
        await using var colleague = await browser.OpenAsync("ar");
        await using var english = await browser.OpenAsync("en");
        var here = await first.SignedInAsync(arabic, "Analyst.Liaison");
        var other = await first.SignedInAsync(colleague, "Reviewer", "second");
        var there = await second.SignedInAsync(english, "Analyst.Liaison");

        await here.GotoAsync(first.Address + "/overlap");
        await Assertions.Expect(here.Locator("#ask-for")).ToHaveCountAsync(0);
        await LookAsync(here, "overlap-none-ar");
        await AgreeAsync(first, second);
        await RecordAsync(first, Ours, "1961-05-14");
        await RecordAsync(first, Alike, "1969-07-07");
        await RecordAsync(first, OnlyOurs, "1980-01-20");
        await second.Services.GetRequiredService<SubjectBook>().PutAsync(Liaison, [Subject("C-1", Theirs, "1961-05-14"), Subject("C-2", Alike, "1969-07-07")], null, CancellationToken.None);

        var run = await AskAsync(first, here, "Which", "البند الرابع في الفريق المشترك.");
        // Who asked does not see how to approve it; a colleague does.
        await Assertions.Expect(here.Locator("form input[name=_handler][value=approve]")).ToHaveCountAsync(0);
        await LookAsync(here, "overlap-asked-ar");
        await ApproveAsync(first, other, run);

        await OfferedAsync(second, there);
        await Assertions.Expect(there.Locator("blockquote")).ToContainTextAsync("الفريق المشترك");
        await LookAsync(there, "overlap-offered-en");
        await AcceptAsync(there);
        foreach (var page in new[] { here, there })
        {
            await DoneAsync(page);
            await Assertions.Expect(page.Locator("[data-common='2'] tbody tr")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync(Alike);
            await page.ClickAsync("details:has([data-transcript]) summary");
        }
        await Assertions.Expect(here.Locator("tbody")).ToContainTextAsync(Ours);
        await Assertions.Expect(here.Locator("main")).Not.ToContainTextAsync(OnlyOurs);
        await Assertions.Expect(here.Locator("main")).Not.ToContainTextAsync(Theirs);
        await Assertions.Expect(there.Locator("tbody")).ToContainTextAsync(Theirs);
        await Assertions.Expect(there.Locator("main")).Not.ToContainTextAsync(Ours);
        Assert.Equal(await here.InnerTextAsync("[data-transcript]"), await there.InnerTextAsync("[data-transcript]"));
        await LookAsync(here, "overlap-done-ar");
        await there.ClickAsync($"tbody a:has-text('{Theirs}')");
        await Assertions.Expect(there.Locator("h1")).ToHaveTextAsync(Theirs);

        // Once more, and the partner's people decline: nothing is compared, and nothing of the budget is spent.
        var declined = await AskAsync(first, here, "HowMany", "مرة أخرى.");
        await ApproveAsync(first, other, declined);
        await OfferedAsync(second, there);
        await there.ClickAsync(".confirm summary");
        await there.ClickAsync(".confirm[open] button[type=submit]");
        await Assertions.Expect(there.Locator("[data-run=Declined]")).ToBeVisibleAsync();
        await Until.TrueAsync(async () =>
        {
            await here.ReloadAsync();
            return await here.Locator("[data-run=Declined]").CountAsync() == 1;
        });
        await here.GotoAsync(first.Address + "/overlap");
        await Assertions.Expect(here.Locator("tr[data-run=Declined]")).ToHaveCountAsync(1);
        await Assertions.Expect(here.Locator("#ask-for option:not([value='']):not([disabled])")).ToHaveCountAsync(1);

        // Only how many: each side learns a number and no names.
        var counted = await AskAsync(first, here, "HowMany", "العدد وحده.");
        await ApproveAsync(first, other, counted);
        await OfferedAsync(second, there);
        await AcceptAsync(there);
        foreach (var page in new[] { here, there })
        {
            await DoneAsync(page);
            await Assertions.Expect(page.Locator("[data-common]:not([data-common='0'])")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("tbody")).ToHaveCountAsync(0);
        }

        // One that fails says why, and counts all the same: the budget is spent until the next period.
        var failed = await AskAsync(first, here, "Which", "الأخيرة.");
        await first.Services.GetRequiredService<OverlapDesk>().EndAsync(failed.Split('/')[^1], OverlapState.Failed, "The partner left in the middle.");
        await here.ReloadAsync();
        await Assertions.Expect(here.Locator(".notice-bad")).ToHaveTextAsync("The partner left in the middle.");
        await here.GotoAsync(first.Address + "/overlap");
        await Assertions.Expect(here.Locator("#ask-for option[disabled]")).ToHaveCountAsync(1);

        await ReadEverywhereAsync(here, [("list", first.Address + "/overlap"), ("which", run), ("declined", declined), ("counted", counted), ("failed", failed)]);
        var auditor = await first.SignedInAsync(arabic, "Auditor");
        await auditor.GotoAsync(first.Address + "/overlap");
        await Assertions.Expect(auditor.Locator("tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(auditor.Locator("#ask-for")).ToHaveCountAsync(0);
    }

    /// <summary>Asks for a run; the address of its page.</summary>
    private static async Task<string> AskAsync(PartnerNode node, IPage page, string mode, string reason)
    {
        await page.GotoAsync(node.Address + "/overlap");
        await page.SelectOptionAsync("#ask-for", new SelectOptionValue { Index = 1 });
        await page.CheckAsync($"input[name=mode][value={mode}]");
        await page.CheckAsync("input[name=holding][value=Records]");
        await page.FillAsync("#ask-reason", reason);
        await LookAsync(page, $"overlap-ask-{mode}");
        await page.ClickAsync("form:has(#ask-for) button[type=submit]");
        await Assertions.Expect(page.Locator("[data-run=Asked]")).ToBeVisibleAsync();
        return page.Url;
    }

    private static async Task ApproveAsync(PartnerNode node, IPage page, string run)
    {
        await page.GotoAsync(node.Address + "/");
        await Assertions.Expect(page.Locator(".tile-warn[href='/overlap'] .tile-number")).ToHaveTextAsync("1");
        await page.GotoAsync(run);
        await page.Locator(".confirm summary").First.ClickAsync();
        await LookAsync(page, "overlap-approve-ar");
        await page.ClickAsync(".confirm[open] button[type=submit]");
        await Assertions.Expect(page.Locator("[data-run=Approved]")).ToBeVisibleAsync();
    }

    /// <summary>Waits until a run is offered, and opens it from the overview.</summary>
    private static async Task OfferedAsync(PartnerNode node, IPage page)
    {
        await Until.TrueAsync(async () =>
        {
            await page.GotoAsync(node.Address + "/");
            return await page.Locator(".tile-warn[href='/overlap']").CountAsync() == 1;
        });
        await page.ClickAsync(".tile-warn[href='/overlap']");
        await page.ClickAsync("tr[data-run=Offered] a");
        await Assertions.Expect(page.Locator("[data-run=Offered]")).ToBeVisibleAsync();
    }

    private static async Task AcceptAsync(IPage page)
    {
        await page.CheckAsync("input[name=holding][value=Subjects]");
        await page.ClickAsync("[data-accept]");
        await Assertions.Expect(page.Locator("[data-accept]")).ToHaveCountAsync(0);
    }

    private static Task DoneAsync(IPage page) => Until.TrueAsync(async () =>
    {
        await page.ReloadAsync();
        return await page.Locator("[data-run=Done]").CountAsync() == 1;
    });

    private static async Task AgreeAsync(PartnerNode first, PartnerNode second)
    {
        var (here, there) = (first.Services.GetRequiredService<PartnerService>(), second.Services.GetRequiredService<PartnerService>());
        var (us, them) = (first.Services.GetRequiredService<OwnIdentity>(), second.Services.GetRequiredService<OwnIdentity>());
        var id = await here.MeetAsync(Liaison, second.Port, CancellationToken.None);
        await here.ConfirmAsync(Liaison, id, them.Identity.CurrentKey.Fingerprint.ToWords(), CancellationToken.None);
        await there.ConfirmAsync(Liaison, us.Id, us.Identity.CurrentKey.Fingerprint.ToDigits(), CancellationToken.None);
        var agreement = await here.ProposeAsync(
            Liaison,
            id,
            new AgreementDraft(["counter-terrorism"], ["S/RES/2253 (2015)"], [EntityCategory.Suspect], Tlp.Amber, 365, DateTimeOffset.UtcNow.AddYears(1), Overlap: new OverlapBudget(3, 1000, 30)),
            CancellationToken.None);
        var (ours, theirs) = (first.Services.GetRequiredService<PartnerReader>(), second.Services.GetRequiredService<PartnerReader>());
        await Until.TrueAsync(async () => (await theirs.GetAsync(us.Id, CancellationToken.None)).Agreements.Count == 1);
        await there.SignAsync(Liaison, agreement, CancellationToken.None);
        await Until.TrueAsync(async () => (await ours.AgreementAsync(agreement, CancellationToken.None)).InForce);
    }

    private static Task<string> RecordAsync(PartnerNode node, string name, string born)
    {
        Assert.True(SourceGrade.TryParse("B2", out var grade));
        var marking = new MarkingDraft(Tlp.Amber, "S/RES/2253 (2015)", "counter-terrorism", EntityCategory.Suspect, grade, DateTimeOffset.UtcNow.AddMonths(6), Audience.Anyone);
        var properties = ImmutableDictionary<string, ImmutableArray<JsonElement>>.Empty
            .Add("name", [JsonSerializer.SerializeToElement(name)]).Add("birthDate", [JsonSerializer.SerializeToElement(born)]);
        return node.Services.GetRequiredService<HoldingService>().CreateAsync(Liaison, new RecordDraft("Person", properties, marking), CancellationToken.None);
    }

    private static SubjectEntry Subject(string reference, string name, string born) => new(reference, new Query { Schema = "Person", Names = [name], BirthDates = [born] });

    /// <summary>Each page with something on it, in each language.</summary>
    private static async Task ReadEverywhereAsync(IPage page, (string Name, string Address)[] pages)
    {
        foreach (var language in new[] { "ar", "en", "fr", "ru" })
        {
            foreach (var (name, address) in pages)
            {
                await page.GotoAsync($"{address}?lang={language}");
                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                foreach (var details in await page.Locator("main details.more > summary").AllAsync())
                    await details.ClickAsync();
                Assert.Equal("", await Shots.WiderThanWindowAsync(page));
                await LookAsync(page, $"overlap-{name}-{language}");
                // On a telephone too.
                await page.SetViewportSizeAsync(390, 844);
                Assert.Equal("", await Shots.WiderThanWindowAsync(page));
                await Shots.TakeAsync(page, $"overlap-{name}-{language}-narrow");
                await page.SetViewportSizeAsync(1280, 860);
            }
        }
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await Shots.TakeAsync(page, name);
        await Axe.CheckAsync(page);
    }
}
