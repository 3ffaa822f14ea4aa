using Entente.Node.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class AccessTests(Browser browser)
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("ar")]
    public async Task From_the_printed_link_to_a_colleague_who_signs_in(string language)
    {
        var folder = Directory.CreateTempSubdirectory("entente-access-");
        await using var printed = new StringWriter();
        await using var app = NodeHost.Build(
            new NodeOptions { DataFolder = folder.FullName, SampleList = Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml"), Output = printed },
            builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.ClearProviders();
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Urls.First();
        var link = printed.ToString().Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("http", StringComparison.Ordinal));

        await using var context = await browser.OpenAsync(language);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        async Task LookAsync(string name)
        {
            Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.GetAttributeAsync("html", "dir"));
            await Shots.TakeAsync(page, $"access-{name}-{language}");
            await Axe.CheckAsync(page);
        }

        await page.GotoAsync(address + "/sign-in");
        await LookAsync("nobody");
        await page.GotoAsync(link);
        await LookAsync("setup");
        await page.FillAsync("#login", "amina");
        await page.FillAsync("#name", "Amina Haddad");
        await page.FillAsync("#password", Password);
        await page.FillAsync("#again", Password);
        await page.PressAsync("#again", "Enter");
        await page.ArriveAsync(address + "/");

        await page.GotoAsync(address + "/accounts");
        await page.FillAsync("#name", "Илья Смирнов");
        await page.FillAsync("#login", "ilya");
        await page.CheckAsync("input[value=Analyst]");
        await page.ClickAsync("main form button[type=submit]");
        var welcome = await page.InnerTextAsync(".notice-good code");
        await LookAsync("accounts");
        await page.ClickAsync("tbody a >> nth=1");
        await page.WaitForSelectorAsync(".kicker");
        await LookAsync("one");

        await page.GotoAsync(address + "/account");
        await page.ClickAsync("details.more summary");
        await page.FillAsync("#key-name", "nightly");
        await page.ClickAsync("details.more button[type=submit]");
        Assert.StartsWith("ent_", await page.InnerTextAsync(".notice-good code"), StringComparison.Ordinal);
        await LookAsync("account");
        await page.ClickAsync("details.menu:has(form) summary");
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.ArriveAsync(address + "/sign-in");

        await page.GotoAsync(welcome);
        await LookAsync("welcome");
        await page.FillAsync("#password", Password);
        await page.FillAsync("#again", Password);
        await page.PressAsync("#again", "Enter");
        await page.ArriveAsync(address + "/sign-in?done=password");
        await page.FillAsync("#login", "ilya");
        await page.FillAsync("#password", "not the password");
        await page.PressAsync("#password", "Enter");
        await page.WaitForSelectorAsync(".notice-bad");
        await LookAsync("refused");
        await page.FillAsync("#password", Password);
        await page.PressAsync("#password", "Enter");
        await page.ArriveAsync(address + "/");

        // A page that answers as one types, open beside: signed out here, it knows and shows nothing more there.
        var beside = await context.NewPageAsync();
        await beside.GotoAsync(address + "/screen");
        await Assertions.Expect(beside.Locator("#screen-name")).ToBeFocusedAsync();
        await beside.Keyboard.TypeAsync("Tariq Salman Abd al-Rahim al-Qadiri");
        await Assertions.Expect(beside.Locator("#screen-results [role=option]").First).ToBeVisibleAsync();
        await page.ClickAsync("details.menu:has(form) summary");
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.ArriveAsync(address + "/sign-in");
        await Assertions.Expect(beside.Locator("[data-session-over]")).ToBeVisibleAsync();
        await Assertions.Expect(beside.Locator("#screen-results, #screen-name")).ToHaveCountAsync(0);
        await Axe.CheckAsync(beside);
        await Shots.TakeAsync(beside, $"access-over-{language}");
        Assert.Empty(complaints);

        await app.StopAsync(TestContext.Current.CancellationToken);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
