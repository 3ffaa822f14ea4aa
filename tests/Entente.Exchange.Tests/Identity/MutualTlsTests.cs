using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Entente.Exchange.Identity;

namespace Entente.Exchange.Tests.Identity;

/// <summary>The certificates of two nodes on a real connection, each end trusting one key and nothing else.</summary>
public sealed class MutualTlsTests
{
    private static readonly DateTimeOffset Yesterday = DateTimeOffset.UtcNow.AddDays(-1);

    [Fact]
    public async Task Two_nodes_that_know_each_others_keys_are_connected() =>
        Assert.Equal("hello", await Connect(Nodes.Us.Key, expectedOfServer: Nodes.Us.Key.PublicKey, Nodes.Ally.Key, expectedOfClient: Nodes.Ally.Key.PublicKey));

    [Fact]
    public async Task A_server_with_another_key_is_noticed() =>
        await Assert.ThrowsAsync<AuthenticationException>(() => Connect(Nodes.Third.Key, expectedOfServer: Nodes.Us.Key.PublicKey, Nodes.Ally.Key, expectedOfClient: Nodes.Ally.Key.PublicKey));

    [Fact]
    public async Task A_client_with_another_key_gets_nothing() =>
        await Assert.ThrowsAnyAsync<Exception>(() => Connect(Nodes.Us.Key, expectedOfServer: Nodes.Us.Key.PublicKey, Nodes.Third.Key, expectedOfClient: Nodes.Ally.Key.PublicKey));

    private static async Task<string> Connect(NodeKey server, NodePublicKey expectedOfServer, NodeKey client, NodePublicKey expectedOfClient)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var serverCertificate = server.CreateCertificate(NodeId.Of(server.PublicKey), Yesterday, Yesterday.AddDays(30));
        using var clientCertificate = client.CreateCertificate(NodeId.Of(client.PublicKey), Yesterday, Yesterday.AddDays(30));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve();
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancel);
            await using var stream = new SslStream(connection.GetStream());
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ClientCertificates = [clientCertificate],
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && expectedOfServer.IsKeyOf(certificate),
                },
                cancel);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(cancel) ?? throw new IOException("The server closed the connection.");
        }
        finally
        {
            await serving;
        }

        async Task Serve()
        {
            using var connection = await listener.AcceptTcpClientAsync(cancel);
            await using var stream = new SslStream(connection.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = serverCertificate,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && expectedOfClient.IsKeyOf(certificate),
                    },
                    cancel);
                await stream.WriteAsync("hello\n"u8.ToArray(), cancel);
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // What the client sees is what is asked.
            }
        }
    }
}
