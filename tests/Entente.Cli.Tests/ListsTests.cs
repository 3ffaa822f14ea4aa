using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Entente.Cli.Tests;

public sealed class ListsTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Status_of_an_empty_store_says_what_to_do()
    {
        var result = _cli.Run("lists", "status");
        Assert.Equal(0, result.Code);
        Assert.Contains("not installed; `entente lists update un-sc` fetches it", result.Out, StringComparison.Ordinal);
        Assert.Contains("token", result.Out, StringComparison.Ordinal); // what the EU list needs
    }

    [Fact]
    public void An_updated_list_is_used_from_then_on_and_survives_a_failed_update()
    {
        using var server = new Server(File.ReadAllText(_cli.List()));
        var update = _cli.Run("lists", "update", "--url", server.Address);
        Assert.True(update.Code == 0, update.Error);
        Assert.Contains("Installed:", update.Out, StringComparison.Ordinal);

        server.Body = "<html>503</html>";
        var failed = _cli.Run("lists", "update", "--url", server.Address);
        Assert.Equal(1, failed.Code);
        Assert.Contains("In use stays:", failed.Error, StringComparison.Ordinal);

        var screen = _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi");
        Assert.Equal(3, screen.Code);
        Assert.DoesNotContain("sample", screen.Error, StringComparison.Ordinal);
        Assert.Contains("in use", _cli.Run("lists", "status").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_shrank_is_held_back_until_accepted()
    {
        var list = File.ReadAllText(_cli.List());
        using var server = new Server(list);
        Assert.Equal(0, _cli.Run("lists", "update", "--url", server.Address).Code);
        server.Body = list.Split('\n')[1] + "\n";
        Assert.Equal(1, _cli.Run("lists", "update", "--url", server.Address).Code);
        Assert.Contains("held back", _cli.Run("lists", "status").Out, StringComparison.Ordinal);
        Assert.Equal(3, _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi").Code);

        Assert.Equal(0, _cli.Run("lists", "update", "--accept").Code);
        Assert.Equal(0, _cli.Run("screen", "--fail-on-match", "Zubayr Al-Fictivi").Code);
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_in_one_line()
    {
        string address;
        using (var server = new Server(""))
            address = server.Address;
        var result = _cli.Run("lists", "update", "--url", address);
        Assert.Equal(1, result.Code);
        Assert.Contains("No version of un-sc is installed.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepting_when_nothing_is_held_back_fails() =>
        Assert.Equal(1, _cli.Run("lists", "update", "--accept").Code);

    [Fact]
    public void Every_list_is_updated_for_itself_and_one_failure_fails_the_command()
    {
        using var good = new Server(List("good", "g-1"));
        using var bad = new Server(List("bad", "b-1"));
        using var other = new Server(List("other", "o-1"));
        Assert.Equal(0, _cli.Run("lists", "add", bad.Address, "--dataset", "bad").Code);
        Assert.Equal(0, _cli.Run("lists", "add", good.Address, "--dataset", "good", "--title", "The good list").Code);
        Assert.Equal(0, _cli.Run("lists", "add", other.Address, "--dataset", "other").Code);
        Assert.Equal(0, _cli.Run("lists", "update").Code);

        bad.Body = "<html>";
        good.Body = List("good", "g-1", "g-2");
        var update = _cli.Run("lists", "update");

        Assert.Equal(1, update.Code);
        Assert.Contains("bad: The server sent a web page", update.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 3 lists are not up to date: bad.", update.Error, StringComparison.Ordinal);
        Assert.Contains("good: Updated: ", update.Out, StringComparison.Ordinal);
        Assert.Contains("other: Up to date: ", update.Out, StringComparison.Ordinal);
        Assert.Equal(0, _cli.Run("lists", "update", "good", "other").Code);
    }

    [Fact]
    public void Without_a_list_named_all_installed_lists_are_screened_against()
    {
        Assert.Equal(0, _cli.Run("lists", "add", _cli.Write("one.jsonl", List("one", "o-1"))).Code);
        Assert.Equal(0, _cli.Run("lists", "add", _cli.Write("two.jsonl", List("two", "t-9"))).Code);

        var document = JsonDocument.Parse(_cli.Run("screen", "--format", "json", "Zubayr Al-Fictivi").Out).RootElement;

        Assert.Equal(["one", "two"], document.GetProperty("lists").EnumerateArray().Select(list => list.GetProperty("dataset").GetString()));
        Assert.Equal(["o-1", "t-9"], document.GetProperty("queries")[0].GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetString()!).Order());
    }

    [Fact]
    public void A_damaged_list_stops_the_screening_and_status_names_it_beside_the_others()
    {
        _cli.Run("lists", "add", _cli.Write("one.jsonl", List("one", "o-1")));
        _cli.Run("lists", "add", _cli.Write("two.jsonl", List("two", "t-9")));
        var stored = Assert.Single(Directory.GetFiles(_cli.PathOf("data/lists/one"), "one.json", SearchOption.AllDirectories));
        File.AppendAllText(stored, "\n");

        var screen = _cli.Run("screen", "Zubayr Al-Fictivi");
        var status = _cli.Run("lists", "status");

        Assert.Equal((1, ""), (screen.Code, screen.Out));
        Assert.Contains("damaged", screen.Error, StringComparison.Ordinal);
        Assert.Equal(1, status.Code);
        Assert.Contains("damaged     " + stored, status.Out, StringComparison.Ordinal);
        Assert.Contains("two (two)", status.Out.Replace("two.jsonl", "two", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, _cli.Run("lists", "add", _cli.PathOf("one.jsonl")).Code);
        Assert.Equal(0, _cli.Run("screen", "Zubayr Al-Fictivi").Code);
    }

    [Fact]
    public void Ofac_in_csv_is_taken_whole_or_not_at_all()
    {
        var sdn = _cli.Write("sdn.csv", "1,\"AL-FICTIVI, Zubayr\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 01 Feb 1970.\"\r\n\u001A");
        _cli.Write("alt.csv", "1,1,\"aka\",\"KHAYALI, Zubayr\",-0- \r\n\u001A");

        var part = _cli.Run("lists", "add", sdn);
        Assert.Equal(1, part.Code);
        Assert.Contains("SDN_ADVANCED.XML", part.Error, StringComparison.Ordinal);
        Assert.Equal(1, _cli.Run("lists", "diff", "us-ofac-sdn").Code);

        _cli.Write("add.csv", "1,1,\"Nowhere Street 1\",\"Nowhere\",\"Yemen\",-0- \r\n\u001A");
        var whole = _cli.Run("lists", "add", sdn);
        Assert.True(whole.Code == 0, whole.Error);
        Assert.Equal(3, _cli.Run("screen", "--fail-on-match", "Zubayr Khayali").Code); // by the file of aliases
    }

    [Fact]
    public void Rollback_goes_back_and_the_next_update_does_not_undo_it()
    {
        using var server = new Server(List("x", "a-1"));
        _cli.Run("lists", "add", server.Address, "--dataset", "x");
        server.Body = List("x", "a-1", "a-2");
        _cli.Run("lists", "update");

        var back = _cli.Run("lists", "rollback", "x");
        Assert.Equal(0, back.Code);
        Assert.Contains("x: Back to version fetched on ", back.Out, StringComparison.Ordinal);
        Assert.Contains(", 1 entities", back.Out, StringComparison.Ordinal);

        var update = _cli.Run("lists", "update");
        Assert.Equal(1, update.Code);
        Assert.Contains("went back from it", update.Error, StringComparison.Ordinal);
        Assert.Contains("\"change\":\"added\",\"id\":\"a-2\"", _cli.Run("lists", "diff", "x", "current", "held", "--format", "json").Out, StringComparison.Ordinal);

        Assert.Equal(0, _cli.Run("lists", "update", "--accept", "x").Code);
        Assert.Contains(", 2 entities", _cli.Run("lists", "status").Out, StringComparison.Ordinal);
        Assert.Equal(1, _cli.Run("lists", "rollback", "x", "1999-01-01").Code);
        Assert.Equal(1, _cli.Run("lists", "rollback", "never-heard").Code);
        Assert.Equal(2, _cli.Run("lists", "rollback", "../x").Code);
    }

    [Fact]
    public void Status_in_json_says_all_there_is_to_know_of_a_version()
    {
        var path = _cli.Write("one.jsonl", List("one", "o-1", "o-2"));
        _cli.Run("lists", "add", path, "--title", "Liste à nous");

        var lists = JsonDocument.Parse(_cli.Run("lists", "status", "--format", "json").Out).RootElement.GetProperty("lists");

        var list = lists[0];
        Assert.Equal(("one", "Liste à nous"), (list.GetProperty("dataset").GetString(), list.GetProperty("title").GetString()));
        var current = list.GetProperty("current");
        using (var stream = File.OpenRead(path))
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)), current.GetProperty("sha256").GetString());
        Assert.Equal((2, false), (current.GetProperty("entities").GetInt32(), current.GetProperty("stale").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, current.GetProperty("ageDays").ValueKind); // neither the file nor anybody says how old it is
        Assert.Equal(JsonValueKind.Null, list.GetProperty("held").ValueKind);
        Assert.Contains(lists.EnumerateArray(), other => other.GetProperty("dataset").GetString() == "us-ofac-sdn" && other.GetProperty("current").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void A_list_that_nobody_confirmed_for_a_week_is_said_to_be_stale()
    {
        using var later = new Cli { Time = new Later(TimeSpan.FromDays(12.5)) };
        using var server = new Server(List("one", "o-1"));
        later.Run("lists", "add", server.Address, "--dataset", "one");
        var young = later.Run("screen", "Zubayr Al-Fictivi");
        ((Later)later.Time).Started = true;

        var old = later.Run("screen", "Zubayr Al-Fictivi");

        Assert.DoesNotContain("out of date", young.Error, StringComparison.Ordinal);
        Assert.Contains("one may be out of date: confirmed 12 days ago.", old.Error, StringComparison.Ordinal);
        Assert.Contains("(one), 1 entities, confirmed 12 days ago", old.Out, StringComparison.Ordinal);
        Assert.Contains("12 days ago; it may be out of date: run `entente lists update one`", later.Run("lists", "status").Out, StringComparison.Ordinal);
        Assert.Equal(0, later.Run("lists", "update").Code);
        Assert.DoesNotContain("out of date", later.Run("screen", "Zubayr Al-Fictivi").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_as_old_as_its_publisher_says_whenever_it_was_added()
    {
        using var later = new Cli { Time = new Later(TimeSpan.Zero) }; // 1 March 2026
        var list = """
            <CONSOLIDATED_LIST dateGenerated="2026-01-05T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ZUBAYR</FIRST_NAME><SECOND_NAME>AL-FICTIVI</SECOND_NAME>
            <UN_LIST_TYPE>Toys</UN_LIST_TYPE><REFERENCE_NUMBER>TYi.001</REFERENCE_NUMBER><LISTED_ON>2020-01-01</LISTED_ON></INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>
            """;
        var add = later.Run("lists", "add", later.Write("un.xml", list));
        Assert.True(add.Code == 0, add.Error);

        var screen = later.Run("screen", "--format", "json", "Zubayr Al-Fictivi");

        var version = JsonDocument.Parse(screen.Out).RootElement.GetProperty("lists")[0];
        Assert.Equal(("un-sc", 55), (version.GetProperty("dataset").GetString(), version.GetProperty("ageDays").GetInt32()));
        Assert.Equal("2026-01-05T00:00:00Z", version.GetProperty("publishedAt").GetString());
        Assert.Equal(JsonValueKind.Null, version.GetProperty("confirmedAt").ValueKind);
        Assert.Contains("un-sc may be out of date: made 55 days ago.", screen.Error, StringComparison.Ordinal);
        var rows = later.Run("screen", "--input", later.Write("in.csv", "name\nZubayr Al-Fictivi\n"));
        Assert.Matches("\"lists\":\\[\"un-sc@2026-01-05#[0-9a-f]{12}\"\\]}\n$", rows.Out);
    }

    [Theory]
    [InlineData(2, "--dataset ID", "lists", "add", "https://partner.invalid/x.jsonl")]
    [InlineData(2, "is no dataset", "lists", "add", "https://partner.invalid/x.jsonl", "--dataset", "Über uns")]
    [InlineData(1, "there is no file", "lists", "add", "nowhere.xml")]
    [InlineData(2, "no name of an OpenSanctions dataset", "lists", "add", "opensanctions:../x")]
    [InlineData(2, "is not known", "lists", "update", "atlantis")]
    [InlineData(1, "needs", "lists", "update", "eu-fsf")]
    [InlineData(1, "entente lists add FILE", "lists", "update", "ru-rfm")]
    [InlineData(2, "say which", "lists", "update", "un-sc", "gb-ukl", "--url", "https://x.invalid")]
    [InlineData(1, "is not installed", "lists", "diff", "un-sc")]
    [InlineData(2, "name the newer file", "lists", "diff", "old.xml")]
    [InlineData(2, "unknown option --formt", "lists", "diff", "un-sc", "--formt", "json")]
    public void What_cannot_be_done_is_said_with_what_to_do(int code, string message, params string[] args)
    {
        var result = _cli.Run(args);
        Assert.Equal(code, result.Code);
        Assert.Contains(message == "needs" ? "token" : message, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
    }

    [Fact]
    public void An_address_with_a_token_is_kept_but_its_token_never_shown()
    {
        using var server = new Server(List("eu", "e-1"));
        var add = _cli.Run("lists", "add", server.Address + "?token=c2VjcmV0", "--dataset", "eu-fsf");
        Assert.Equal(0, add.Code);
        var status = _cli.Run("lists", "status");
        Assert.Contains("EU Consolidated Financial Sanctions List (eu-fsf)", status.Out, StringComparison.Ordinal);
        Assert.Contains("?token=...", status.Out, StringComparison.Ordinal);
        var all = add.Out + add.Error + status.Out + _cli.Run("lists", "status", "--format", "json").Out + _cli.Run("lists", "update").Error;
        server.Body = "<html>";
        all += _cli.Run("lists", "update").Error;
        server.Dispose();
        all += _cli.Run("lists", "update").Error;
        Assert.DoesNotContain("c2VjcmV0", all, StringComparison.Ordinal);
    }

    /// <summary>People of one name, as FtM JSON lines.</summary>
    private static string List(string dataset, params string[] ids) => string.Concat(ids.Select(id =>
        $$$"""{"id":"{{{id}}}","schema":"Person","datasets":["{{{dataset}}}"],"target":true,"properties":{"name":["Zubayr Al-Fictivi"]}}""" + "\n"));

    /// <summary>A clock that jumps once.</summary>
    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public bool Started { get; set; }

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) + (Started ? by : TimeSpan.Zero);
    }

    /// <summary>Answers every request with one body.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public Server(string body)
        {
            Body = body;
            _listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.xml";
            _serving = Task.Run(ServeAsync);
        }

        public string Body { get; set; }

        public string Address { get; }

        public void Dispose()
        {
            _listener.Stop();
            if (_serving.IsCompleted)
                return;
            _serving.GetAwaiter().GetResult();
            _listener.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    using var stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }
                    var body = Encoding.UTF8.GetBytes(Body);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n"));
                    await stream.WriteAsync(body);
                }
                catch (Exception e) when (e is SocketException or InvalidOperationException)
                {
                    return;
                }
                catch (IOException)
                {
                    // A client that went away early; the next one may come.
                }
            }
        }
    }
}
