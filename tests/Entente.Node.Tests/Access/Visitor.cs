using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Entente.Node.Access;
using Entente.Node.Access.Sessions;
using Entente.Node.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Access;

/// <summary>Somebody with a browser: keeps cookies, reads pages, sends their forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly SocketsHttpHandler _handler;

    public Visitor(TestNode node)
    {
        _handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies };
        Client = new HttpClient(_handler) { BaseAddress = node.Client.BaseAddress };
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Client { get; }

    public string? Session => Cookies.GetCookies(Client.BaseAddress!)[SessionCookieName.Plain]?.Value;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An account with <see cref="Password"/>.</summary>
    public static async Task<Account> MakeAsync(TestNode node, string login, params Role[] roles)
    {
        var hash = await node.Services.GetRequiredService<Passwords>().HashAsync(Password, Cancel);
        var account = await node.Ledger.ActAsync(Actor.System("test"), act =>
        {
            var account = new Account { Id = NodeId.New(act.At), Login = login, DisplayName = login, RoleNames = string.Join(',', roles), PasswordHash = hash, SecurityStamp = SignInService.NewStamp(), CreatedAt = act.At };
            act.Db.Accounts.Add(account);
            return Task.FromResult(account);
        }, Cancel);
        node.Services.GetRequiredService<AccessDirectory>().Changed();
        return account;
    }

    /// <summary>Makes an account and signs in with it.</summary>
    public static async Task<Visitor> SignedInAsync(TestNode node, string login, params Role[] roles)
    {
        await MakeAsync(node, login, roles);
        var visitor = new Visitor(node);
        Assert.Equal(HttpStatusCode.OK, (await visitor.TryAsync(login, Password)).StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> TryAsync(string login, string password) => Client.PostAsJsonAsync("/api/session", new { login, password }, Cancel);

    public async Task<HttpStatusCode> StatusAsync(string path) => (await Client.GetAsync(path, Cancel)).StatusCode;

    /// <summary>Opens a page and sends one of its forms, hidden fields and all.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var html = await PageAsync(path);
        var body = FormOf(html, form);
        Assert.True(body is not null, $"{path} has no form '{form}'");
        var sent = HiddenField().Matches(body).Select(match => (Name: match.Groups["name"].Value, Value: WebUtility.HtmlDecode(match.Groups["value"].Value))).Concat(fields);
        using var content = new FormUrlEncodedContent(sent.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Client.PostAsync(Action().Match(body) is { Success: true } elsewhere ? elsewhere.Groups[1].Value : path, content, Cancel);
    }

    public async Task<string> PageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await Client.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    private static string? FormOf(string html, string name) =>
        Form().Matches(html).Select(match => match.Value).FirstOrDefault(body => body.Contains($"name=\"_handler\" value=\"{name}\"", StringComparison.Ordinal) || body.Contains($"action=\"{name}\"", StringComparison.Ordinal));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
