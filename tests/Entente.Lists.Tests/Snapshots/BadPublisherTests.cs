using Entente.Lists.Snapshots;

namespace Entente.Lists.Tests.Snapshots;

/// <summary>Whatever the other side does, the version in use stays in use and the operator is told what happened.</summary>
public sealed class BadPublisherTests : IDisposable
{
    private const string Html = "<!DOCTYPE html><html><head><title>Sign in</title></head><body/></html>";
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public Task A_server_error_is_told() =>
        FailsAsync(request => request.StatusAsync("500 Internal Server Error"), "answered 500 Internal Server Error");

    [Fact]
    public Task A_partial_answer_nobody_asked_for_is_refused() =>
        FailsAsync(request => request.StatusAsync("206 Partial Content"), "answered 206");

    [Fact]
    public Task A_not_modified_nobody_asked_for_is_refused() =>
        FailsAsync(request => request.StatusAsync("304 Not Modified"), "answered 304");

    [Fact]
    public Task A_web_page_is_refused_by_its_type() =>
        FailsAsync(request => request.OkAsync(StoreFixture.List(9), "Content-Type: text/html; charset=utf-8\r\n"), "web page");

    [Fact]
    public Task A_web_page_that_calls_itself_xml_is_refused_by_its_look() =>
        FailsAsync(request => request.OkAsync("\uFEFF\n " + Html), "web page");

    [Fact]
    public Task A_download_cut_short_is_refused() =>
        FailsAsync(request => request.OkAsync(StoreFixture.List(9), length: 500), "broke off after");

    [Fact]
    public Task A_download_cut_short_without_a_stated_length_is_not_a_sound_list() =>
        FailsAsync(request => request.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + StoreFixture.List(9)[..^3]), "not a sound list");

    [Fact]
    public Task A_chunked_download_cut_short_is_refused() =>
        FailsAsync(request => request.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<list>\r\n"), "broke off after 6 bytes");

    [Fact]
    public Task A_stated_length_shorter_than_the_file_is_not_a_sound_list() =>
        FailsAsync(request => request.OkAsync(StoreFixture.List(9), length: 20), "not a sound list");

    [Fact]
    public Task An_empty_file_is_not_a_sound_list() =>
        FailsAsync(request => request.OkAsync(""), "not a sound list");

    [Fact]
    public Task A_list_of_nobody_is_refused() =>
        FailsAsync(request => request.OkAsync(StoreFixture.List(0)), "no entities");

    [Fact]
    public Task A_stated_length_beyond_the_limit_is_refused_before_it_is_fetched() =>
        FailsAsync(request => request.OkAsync("", length: 1001), "longer than 1,000 bytes", new UpdateLimits { MaxBytes = 1000 });

    [Fact]
    public Task An_endless_file_is_cut_off_at_the_limit() =>
        FailsAsync(async request =>
        {
            await request.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<list>");
            while (true)
                await request.SendAsync(new string(' ', 4096));
        }, "longer than 1,000,000 bytes", new UpdateLimits { MaxBytes = 1_000_000 });

    [Fact]
    public Task A_server_that_falls_silent_is_given_up() =>
        FailsAsync(async request =>
        {
            await request.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<list>");
            await request.FallSilentAsync();
        }, "sent nothing for 0.2 s", new UpdateLimits { Stall = TimeSpan.FromMilliseconds(200) });

    [Fact]
    public Task A_server_that_trickles_for_ever_is_given_up() =>
        FailsAsync(async request =>
        {
            await request.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<list>");
            while (true)
                await request.SendAsync(" ");
        }, "took longer than 0.2 s", new UpdateLimits { Total = TimeSpan.FromMilliseconds(200) });

    [Fact]
    public Task Compression_that_was_not_asked_for_is_refused() =>
        FailsAsync(request => request.OkAsync("x", "Content-Encoding: gzip\r\n"), "compression");

    [Fact]
    public Task A_redirect_to_an_unencrypted_address_is_refused() =>
        FailsAsync(request => request.StatusAsync("302 Found", "Location: http://lists.invalid/list.xml\r\n"), "not encrypted");

    [Fact]
    public Task A_redirect_to_a_file_is_refused() =>
        FailsAsync(request => request.StatusAsync("302 Found", "Location: file:///etc/passwd\r\n"), "not a web address");

    [Fact]
    public Task A_redirect_to_nowhere_is_refused() =>
        FailsAsync(request => request.StatusAsync("302 Found"), "does not say where");

    [Fact]
    public Task Redirects_without_end_are_refused() =>
        FailsAsync(request => request.StatusAsync("307 Temporary Redirect", "Location: /again\r\n"), "more than 5 times");

    [Fact]
    public async Task A_redirect_on_the_same_terms_is_followed()
    {
        using var server = new LoopbackServer(request => request.Path == "/list.xml"
            ? request.StatusAsync("301 Moved Permanently", "Location: /new/list.xml\r\n")
            : request.OkAsync(StoreFixture.List(3)));

        var updated = Assert.IsType<UpdateResult.Updated>(await _store.UpdateAsync(server));

        Assert.Equal(server.Address, updated.Current.Manifest.Source);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(308)]
    public async Task A_redirect_from_https_to_http_is_refused_even_on_this_machine(int status)
    {
        using var http = new HttpClient(new Answers(_ => new HttpResponseMessage((System.Net.HttpStatusCode)status)
        {
            Headers = { Location = new Uri("http://localhost/list.xml") },
        }));
        var updater = new ListUpdater(_store.Store, http, StoreFixture.Read, _store.Time);

        var failed = Assert.IsType<UpdateResult.Failed>(
            await updater.UpdateAsync(StoreFixture.Source, cancel: TestContext.Current.CancellationToken));

        Assert.Contains("redirects to http://localhost/list.xml, which is not encrypted", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://lists.invalid/list.xml", "not encrypted")]
    [InlineData("ftp://lists.invalid/list.xml", "not a web address")]
    [InlineData("file:///etc/passwd", "not a web address")]
    [InlineData("https://me:secret@lists.invalid/list.xml", "password")]
    public async Task An_address_that_no_list_may_come_from_is_refused_before_anything_is_sent(string address, string reason)
    {
        var failed = Assert.IsType<UpdateResult.Failed>(await _store.Updater().UpdateAsync(
            StoreFixture.Source, new Uri(address), cancel: TestContext.Current.CancellationToken));

        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        var seed = await _store.SeedAsync();
        var gone = new LoopbackServer(_ => Task.CompletedTask);
        gone.Dispose();

        var failed = Assert.IsType<UpdateResult.Failed>(await _store.UpdateAsync(gone));

        Assert.Contains("Could not fetch " + gone.Address, failed.Reason, StringComparison.Ordinal);
        _store.AssertInUse(seed);
    }

    private async Task FailsAsync(Func<LoopbackServer.Request, Task> answer, string reason, UpdateLimits? limits = null)
    {
        var seed = await _store.SeedAsync(9);
        using var server = new LoopbackServer(answer);

        var failed = Assert.IsType<UpdateResult.Failed>(await _store.UpdateAsync(server, limits));

        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
        Assert.Equal(seed.Manifest.Sha256, failed.Current?.Manifest.Sha256);
        Assert.Single(_store.Store.Versions("toy"));
        _store.AssertInUse(seed);
    }

    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
