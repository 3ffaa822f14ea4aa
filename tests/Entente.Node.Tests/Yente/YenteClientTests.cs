using System.Diagnostics;
using Entente.Node.Tests.Api;

namespace Entente.Node.Tests.Yente;

/// <summary>A client script that knows nothing of Entente runs unchanged.</summary>
public sealed class YenteClientTests(ApiNode api) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_python_client_of_yente_runs_unchanged()
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Yente", "yente_client.py"));
        start.ArgumentList.Add(api.Node.Client.BaseAddress!.ToString().TrimEnd('/'));
        start.Environment["OPENSANCTIONS_API_KEY"] = api.Analyst.DefaultRequestHeaders.Authorization!.Parameter;
        start.Environment["no_proxy"] = "*";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: no python3");
        }
        var output = await process!.StandardOutput.ReadToEndAsync(Http.Cancel);
        var errors = await process.StandardError.ReadToEndAsync(Http.Cancel);
        await process.WaitForExitAsync(Http.Cancel);
        Assert.True(process.ExitCode == 0, errors);
        Assert.Equal("all well", output.Trim());
    }
}
