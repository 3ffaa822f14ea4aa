using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Two real nodes, and the people on both, through the browser alone.</summary>
public sealed class PartnerTests(Browser browser)
{
    private const string Name = "تميم عبد السلام النهري", Secret = "LY-4471920";
    private const string First = "مركز التنسيق في الرباط", Second = "Ruritania Liaison Office";

    [Fact]
    public async Task Meet_compare_agree_make_a_record_in_Arabic_release_it_see_it_there_recall_it_and_read_the_register()
    {
        await using var first = await PartnerNode.StartAsync(First);
        await using var second = await PartnerNode.StartAsync(Second);
        await using var arabic = await browser.OpenAsync("ar");
        await using var colleague = await browser.OpenAsync("ar");
        await using var english = await browser.OpenAsync("en");
        var here = await first.SignedInAsync(arabic, "Analyst.Liaison");
        var other = await first.SignedInAsync(colleague, "Reviewer", "second");
        var there = await second.SignedInAsync(english, "Analyst.Liaison");

        await MeetAsync(first, here, second, there);
        await AgreeAsync(here, there);
        var record = await MakeRecordAsync(first, here);
        await ReleaseAsync(first, here, other);

        // There: what was released, and nothing of what is marked more tightly.
        await Until.TrueAsync(async () =>
        {
            await there.GotoAsync(second.Address + "/records?origin=partners");
            return await there.Locator("tbody tr").CountAsync() == 1;
        });
        await Assertions.Expect(there.Locator("tbody")).ToContainTextAsync(First);
        await there.ClickAsync("tbody a");
        await Assertions.Expect(there.Locator("h1")).ToHaveTextAsync(Name);
        await Assertions.Expect(there.Locator("main")).ToContainTextAsync("Libya");
        await Assertions.Expect(there.Locator("main")).ToContainTextAsync("usually reliable source");
        await Assertions.Expect(there.Locator("main")).Not.ToContainTextAsync(Secret);
        await LookAsync(there, "partner-received-en");
        var copy = there.Url;

        // Here: the register knows that it arrived; the page why says by which rules.
        await here.GotoAsync(record);
        await Until.TrueAsync(async () =>
        {
            await here.ReloadAsync();
            return await here.Locator("[data-copy=Stored]").CountAsync() == 1;
        });
        await here.ClickAsync("form[action$='/why'] button");
        await Assertions.Expect(here.Locator("[data-allowed=true]")).ToBeVisibleAsync();
        await LookAsync(here, "partner-why-ar");

        await ScreenAsync(second, there, "Tamim Abdel Salam al-Nahri", First, "TLP:AMBER", "en");
        await ScreenAsync(first, here, "Tamim Abdel Salam al-Nahri", "سجلات هذه العقدة", "TLP:RED", "ar");
        await AmendAndTightenAsync(here, record, there, copy);

        // Recalled: only who approves releases may.
        await here.GotoAsync(record);
        await here.ClickAsync(".confirm summary");
        await here.FillAsync("#recall-reason", "تبيّن أنه شخص آخر.");
        await here.Locator(".confirm[open] button[type=submit]").ClickAsync();
        await Assertions.Expect(here.Locator("[data-recalled]")).ToContainTextAsync("تبيّن");
        await Until.TrueAsync(async () =>
        {
            await there.GotoAsync(copy);
            return await there.Locator("[data-recalled]").CountAsync() == 1;
        });
        await Assertions.Expect(there.Locator("main")).Not.ToContainTextAsync(Name);
        await LookAsync(there, "partner-recalled-en");
        await Until.TrueAsync(async () =>
        {
            await here.ReloadAsync();
            return await here.Locator("[data-copy=Complied]").CountAsync() == 1;
        });
        await LookAsync(here, "partner-register-ar");
        await here.ClickAsync("form[action$='/why'] button");
        await Assertions.Expect(here.Locator("[data-rule=not-recalled]")).ToHaveClassAsync("rule-no");

        await SuspendAsync(second, there);
        await ReadEverywhereAsync(first, here, record);
    }

    /// <summary>A fingerprint that differs is a warning; only the right one confirms, in words or in digits.</summary>
    private static async Task MeetAsync(PartnerNode first, IPage here, PartnerNode second, IPage there)
    {
        await there.GotoAsync(second.Address + "/partners");
        var words = await there.InnerTextAsync("[data-words]");
        await here.GotoAsync(first.Address + "/partners");
        var digits = await here.InnerTextAsync("[data-digits]");
        var own = await here.InnerTextAsync("[data-words]");
        await LookAsync(here, "partner-self-ar");
        await here.FillAsync("#meet-address", second.Port);
        await here.ClickAsync("form:has(#meet-address) button");
        await Assertions.Expect(here.Locator("h1")).ToHaveTextAsync(Second);

        await here.FillAsync("#compare-said", own);
        await here.ClickAsync("form:has(#compare-said) button");
        await Assertions.Expect(here.Locator("[data-differs]")).ToBeVisibleAsync();
        await LookAsync(here, "partner-differs-ar");
        await here.FillAsync("#compare-said", words);
        await here.ClickAsync("form:has(#compare-said) button");
        await Assertions.Expect(here.Locator("#compare-said")).ToHaveCountAsync(0);

        await there.GotoAsync(second.Address + "/partners");
        await there.ClickAsync("tbody a");
        await Assertions.Expect(there.Locator("h1")).ToHaveTextAsync(First);
        await LookAsync(there, "partner-compare-en");
        await there.FillAsync("#compare-said", digits);
        await there.ClickAsync("form:has(#compare-said) button");
        await Assertions.Expect(there.Locator("#compare-said")).ToHaveCountAsync(0);
    }

    private static async Task AgreeAsync(IPage here, IPage there)
    {
        await here.ClickAsync("details:has(#agree-purposes) summary");
        await here.FillAsync("#agree-bases", "S/RES/2253 (2015)\nالاتفاق الثنائي لعام 2024");
        await here.CheckAsync("input[name=categories][value=Suspect]");
        await here.CheckAsync("input[name=categories][value=Associate]");
        await here.CheckAsync("input[name=highestTlp][value='TLP:AMBER']");
        await LookAsync(here, "partner-propose-ar");
        await here.ClickAsync("form:has(#agree-purposes) button[type=submit]");
        await Assertions.Expect(here.Locator("[data-agreement=Proposed]")).ToBeVisibleAsync();

        await Until.TrueAsync(async () =>
        {
            await there.ReloadAsync();
            return await there.Locator("[data-agreement=Offered]").CountAsync() == 1;
        });
        await Assertions.Expect(there.Locator("[data-agreement]")).ToContainTextAsync("associate of a suspect");
        await LookAsync(there, "partner-offered-en");
        await there.Locator("[data-agreement] .confirm summary").First.ClickAsync();
        await there.Locator("[data-agreement] .confirm[open] button").ClickAsync();
        await Assertions.Expect(there.Locator("[data-agreement=Signed]")).ToBeVisibleAsync();
        await Until.TrueAsync(async () =>
        {
            await here.ReloadAsync();
            return await here.Locator("[data-agreement=Signed] .badge-good").CountAsync() == 1;
        });
        await LookAsync(here, "partner-agreed-ar");
    }

    private static async Task<string> MakeRecordAsync(PartnerNode first, IPage here)
    {
        await here.GotoAsync(first.Address + "/records/new");
        await SayAsync(here, "name", Name);
        await SayAsync(here, "birthDate", "1975-03-04");
        await SayAsync(here, "nationality", "ليبيا");
        var secret = await SayAsync(here, "passportNumber", Secret);
        await secret.Locator("[name=value-tlp]").SelectOptionAsync("TLP:RED");
        // More lines keep what was typed.
        await here.ClickAsync("button[name=more]");
        await Assertions.Expect(here.Locator("[name=value]").First).ToHaveValueAsync(Name);
        await here.CheckAsync("input[name=tlp][value='TLP:AMBER']");
        await here.CheckAsync("input[name=audience][value=anyone]");
        await here.FillAsync("#record-basis", "الاتفاق الثنائي لعام 2024");
        await here.FillAsync("#record-purpose", "counter-terrorism");
        await here.SelectOptionAsync("#record-category", "Suspect");
        await here.SelectOptionAsync("#record-source", "B");
        await here.SelectOptionAsync("#record-information", "2");
        await here.FillAsync("#record-expires", DateTime.UtcNow.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await LookAsync(here, "record-new-ar");
        await here.ClickAsync("form:has(#record-basis) .button-primary");
        await Assertions.Expect(here.Locator("h1")).ToHaveTextAsync(Name);
        await Assertions.Expect(here.Locator("main")).ToContainTextAsync(Secret);
        return here.Url;
    }

    /// <summary>Who proposed a release does not see how to approve it; a colleague does.</summary>
    private static async Task ReleaseAsync(PartnerNode first, IPage here, IPage other)
    {
        await here.ClickAsync("details:has(#propose-partner) summary");
        await here.SelectOptionAsync("#propose-partner", new SelectOptionValue { Label = Second });
        await here.FillAsync("#propose-reason", "طُلب في الفريق المشترك.");
        await LookAsync(here, "record-ar");
        await here.ClickAsync("form:has(#propose-partner) button[type=submit]");
        await here.GotoAsync(first.Address + "/releases");
        await Assertions.Expect(here.Locator("[data-release=Proposed]")).ToBeVisibleAsync();
        await Assertions.Expect(here.Locator("button[value=approve]")).ToHaveCountAsync(0);

        await other.GotoAsync(first.Address + "/");
        await Assertions.Expect(other.Locator(".tile-warn[href='/releases'] .tile-number")).ToHaveTextAsync("1");
        await other.GotoAsync(first.Address + "/releases");
        await other.FillAsync("[data-release] textarea", "روجع.");
        await LookAsync(other, "releases-ar");
        await other.ClickAsync("button[value=approve]");
        await Assertions.Expect(other.Locator("[data-release]")).ToHaveCountAsync(0);
    }

    /// <summary>The record is found beside what is on lists, says how it may be handled wherever it is shown, and can be left out. Here it has a value that is marked more tightly, and that did not go there.</summary>
    private static async Task ScreenAsync(PartnerNode node, IPage page, string name, string from, string level, string language)
    {
        var result = page.Locator("#screen-results [role=option]").Filter(new LocatorFilterOptions { HasText = from });
        // It is screened against a few seconds after it came.
        await Until.TrueAsync(async () =>
        {
            await page.GotoAsync(node.Address + "/screen");
            await page.WaitForFunctionAsync("() => document.activeElement && document.activeElement.id === 'screen-name'");
            await page.Keyboard.InsertTextAsync(name);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(".screened-against")).ToBeVisibleAsync();
            return await result.CountAsync() == 1;
        });
        await Assertions.Expect(result.Locator(".tlp")).ToHaveTextAsync(level);
        await result.ClickAsync();
        await Assertions.Expect(page.Locator("section.chosen .tlp")).ToHaveTextAsync(level);
        await Assertions.Expect(page.Locator("section.chosen")).ToContainTextAsync("الاتفاق الثنائي لعام 2024");
        await Assertions.Expect(page.Locator(".screened-against")).ToContainTextAsync(from);
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await LookAsync(page, $"screen-record-{language}");

        await page.ClickAsync("[data-raise]");
        await page.Locator("[data-effect=Raised] a").Filter(new LocatorFilterOptions { HasText = Name }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-handling] .tlp")).ToHaveTextAsync(level);
        await LookAsync(page, $"alert-record-{language}");

        await page.GotoAsync(node.Address + "/screen");
        await page.WaitForFunctionAsync("() => document.activeElement && document.activeElement.id === 'screen-name'");
        await page.Locator("[data-against^=node-]").UncheckAsync();
        await page.FillAsync("#screen-name", name);
        await page.PressAsync("#screen-name", "Enter");
        await Assertions.Expect(page.Locator(".screened-against")).ToBeVisibleAsync();
        await Assertions.Expect(result).ToHaveCountAsync(0);
        await page.Locator("[data-against=lists]").UncheckAsync();
        await Assertions.Expect(page.Locator(".screen-summary .warn-text")).ToBeVisibleAsync();
    }

    /// <summary>A new version, and a tighter marking, follow the record.</summary>
    private static async Task AmendAndTightenAsync(IPage here, string record, IPage there, string copy)
    {
        await here.GotoAsync(record + "/version");
        await Assertions.Expect(here.Locator("[name=value]").First).ToHaveValueAsync(Name);
        var line = here.Locator(".said:has([name=property])").Filter(new LocatorFilterOptions { HasNot = here.Locator("option[selected]:not([value=''])") }).First;
        await line.Locator("[name=property]").SelectOptionAsync("birthPlace");
        await line.Locator("[name=value]").FillAsync("طرابلس");
        await here.ClickAsync("form:has(#record-basis) .button-primary");
        await Assertions.Expect(here.Locator("main")).ToContainTextAsync("طرابلس");
        await Until.TrueAsync(async () =>
        {
            await there.GotoAsync(copy);
            return (await there.InnerTextAsync("main")).Contains("طرابلس", StringComparison.Ordinal);
        });
        await Assertions.Expect(there.Locator("main")).Not.ToContainTextAsync(Secret);

        await here.ClickAsync("details:has(#tighten-expires) summary");
        await here.CheckAsync("input[name=tlp][value='TLP:AMBER+STRICT']");
        await here.ClickAsync("form:has(#tighten-expires) button[type=submit]");
        await Assertions.Expect(here.Locator("main .tlp").First).ToHaveTextAsync("TLP:AMBER+STRICT");
        await Until.TrueAsync(async () =>
        {
            await there.ReloadAsync();
            return await there.Locator("main .tlp").First.InnerTextAsync() == "TLP:AMBER+STRICT";
        });
        await Until.TrueAsync(async () =>
        {
            await here.ReloadAsync();
            return await here.Locator("[data-copy=Complied]").CountAsync() == 1;
        });
    }

    private static async Task SuspendAsync(PartnerNode node, IPage page)
    {
        await page.GotoAsync(node.Address + "/partners");
        await page.ClickAsync("tbody a");
        foreach (var (reason, suspended) in new[] { ("a leak is looked into", true), ("nothing found", false) })
        {
            await page.Locator("details.confirm:has(textarea) summary").ClickAsync();
            await page.FillAsync("details.confirm[open] textarea", reason);
            await page.ClickAsync("details.confirm[open] button[type=submit]");
            await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync(suspended ? "suspended" : "confirmed");
            await Assertions.Expect(page.Locator(".notice-warn").Filter(new LocatorFilterOptions { HasText = reason })).ToHaveCountAsync(suspended ? 1 : 0);
            await LookAsync(page, suspended ? "partner-suspended-en" : "partner-resumed-en");
        }
    }

    /// <summary>Each page with something on it, in each language.</summary>
    private static async Task ReadEverywhereAsync(PartnerNode node, IPage page, string record)
    {
        await page.GotoAsync(node.Address + "/partners");
        var partner = await page.Locator("tbody a").GetAttributeAsync("href");
        var recordPath = new Uri(record).AbsolutePath;
        foreach (var language in new[] { "ar", "en", "fr", "ru" })
        {
            foreach (var (name, path) in new[]
            {
                ("home", "/"), ("partners", "/partners"), ("partner", partner!), ("records", "/records?state=recalled"), ("record", recordPath),
                ("version", recordPath + "/version"), ("why", $"{recordPath}/why?partner={partner!.Split('/')[^1]}"), ("releases", "/releases?state=approved"),
            })
            {
                await page.GotoAsync($"{node.Address}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                foreach (var details in await page.Locator("main details.more > summary").AllAsync())
                    await details.ClickAsync();
                Assert.Equal("", await Shots.WiderThanWindowAsync(page));
                await LookAsync(page, $"exchange-{name}-{language}");
                if (language != "ar")
                    continue;
                // On a telephone too.
                await page.SetViewportSizeAsync(390, 844);
                Assert.Equal("", await Shots.WiderThanWindowAsync(page));
                await Shots.TakeAsync(page, $"exchange-{name}-narrow");
                await page.SetViewportSizeAsync(1280, 860);
            }
        }
    }

    private static async Task<ILocator> SayAsync(IPage page, string property, string value)
    {
        var line = page.Locator($".said:has([name=property] option[value={property}][selected])").First;
        await line.Locator("[name=value]").FillAsync(value);
        return line;
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await Shots.TakeAsync(page, name);
        await Axe.CheckAsync(page);
    }
}
