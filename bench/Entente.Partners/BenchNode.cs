using System.Net;
using System.Net.Sockets;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Bench.Partners;

/// <summary>A node of the bench.</summary>
internal static class BenchNode
{
    public static WebApplication Make(string folder, string port, string name) => NodeHost.Build(
        new NodeOptions
        {
            DataFolder = folder,
            SampleList = Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml"),
            Output = TextWriter.Null,
            Partners = new PartnerOptions { Listen = port, Name = name, FirstRetry = TimeSpan.FromMilliseconds(100) },
        },
        builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });

    public static async Task ServeAsync(string folder, string port, CancellationToken cancel)
    {
        await using var app = Make(folder, port, "Receiver");
        await app.StartAsync(cancel);
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync(cancel);
    }

    public static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
