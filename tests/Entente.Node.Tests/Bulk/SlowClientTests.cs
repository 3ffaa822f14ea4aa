using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Entente.Node.Access;
using Entente.Node.Bulk;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Bulk;

public sealed class SlowClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_breaks_off_an_upload_leaves_nothing()
    {
        await using var node = await TestNode.StartAsync();
        var client = await node.ClientForAsync(Role.Analyst);
        using (var half = await BeginAsync(node, client, 1_000_000))
        {
            await half.SendAsync(Encoding.UTF8.GetBytes("id,name\n1,Tarek Kadiri\n"), Cancel);
            await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).Count == 1);
        }
        await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).Count == 0);
    }

    [Fact]
    public async Task Who_sends_too_slowly_is_broken_off_and_others_are_served_meanwhile()
    {
        await using var node = await TestNode.StartAsync(configure: builder => builder.Services.Configure<KestrelServerOptions>(server =>
            server.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(2))));
        var client = await node.ClientForAsync(Role.Analyst);
        using var slow = await BeginAsync(node, client, 1_000_000);
        await slow.SendAsync(Encoding.UTF8.GetBytes("id,name\n"), Cancel);
        await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).Count == 1);
        Assert.Equal("done", (await client.EndAsync(await client.BeginAsync(People.Csv(20)))).GetProperty("state").GetString());

        var answer = new byte[64];
        var length = await slow.ReceiveAsync(answer, Cancel);
        Assert.True(length == 0 || Encoding.ASCII.GetString(answer, 0, length).StartsWith("HTTP/1.1 408", StringComparison.Ordinal), Encoding.ASCII.GetString(answer, 0, length));
        await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).All(found => found.Whole));
    }

    [Fact]
    public async Task No_more_files_are_received_at_a_time_than_the_node_takes()
    {
        await using var node = await TestNode.StartAsync(options: options => options with { BulkUploadsAtOnce = 1 });
        var client = await node.ClientForAsync(Role.Analyst);
        using (var slow = await BeginAsync(node, client, 1_000_000))
        {
            await slow.SendAsync(Encoding.UTF8.GetBytes("id,name\n"), Cancel);
            await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).Count == 1);
            var refused = await client.UploadAsync(People.Csv(2));
            Assert.NotNull(refused.Headers.RetryAfter);
            await BulkTests.RefusedAsync(refused, HttpStatusCode.ServiceUnavailable, "as many files as it takes");
        }
        await BulkTests.UntilAsync(() => BulkFolder.All(node.Options.DataFolder).Count == 0);
        await client.BeginAsync(People.Csv(2));
    }

    private static async Task<Socket> BeginAsync(TestNode node, HttpClient client, int length)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Client.BaseAddress!.Port, Cancel);
        var head = string.Create(CultureInfo.InvariantCulture, $"POST /api/bulk?name=a.csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\nContent-Length: {length}\r\n\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), Cancel);
        return socket;
    }
}
