using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Node.Partners;
using Microsoft.Extensions.Configuration;

namespace Entente.Node.Hosting;

/// <summary>What of the start is said on the command line; null leaves it to the configuration.</summary>
/// <param name="DataFolder">The data folder.</param>
/// <param name="Postgres">A connection string.</param>
/// <param name="Urls">Where to listen; several separated by semicolons.</param>
/// <param name="Partners">Where the partner port listens.</param>
internal sealed record ServeRequest(string? DataFolder, string? Postgres, string? Urls, string? Partners = null);

/// <summary>How a node is started: from the command line, the environment (<c>ENTENTE__...</c>) and <c>appsettings.json</c>, in this order.</summary>
/// <param name="Options">The node's options.</param>
/// <param name="Urls">Where to listen; empty where <c>Kestrel:Endpoints</c> says.</param>
/// <param name="Configuration">All of the configuration, for the parts of the host that read their own.</param>
internal sealed record ServeSettings(NodeOptions Options, IReadOnlyList<string> Urls, IConfiguration Configuration)
{
    /// <summary>The name of the file with settings: beside the program, and in the data folder, where it outlasts a new version.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>Where it listens unless told otherwise: for this machine only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private const string Section = "Entente";

    /// <summary>Reads the settings.</summary>
    /// <param name="request">What the command line says.</param>
    /// <param name="programFolder">The folder of the program.</param>
    /// <param name="dataFolder">The data folder where nothing names one.</param>
    /// <exception cref="DeskException">A file or a value cannot be read.</exception>
    public static ServeSettings Read(ServeRequest request, string programFolder, Func<string> dataFolder)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var beside = Sources(programFolder, null);
            var folder = Path.GetFullPath(request.DataFolder ?? Text(beside, "DataFolder") ?? dataFolder());
            var configuration = Sources(programFolder, folder);
            var options = configuration.GetSection(Section).Get<NodeOptions>(binder => binder.BindNonPublicProperties = false);
            options = (options ?? new NodeOptions { DataFolder = "", SampleList = "" }) with
            {
                DataFolder = folder,
                SampleList = Text(configuration, "SampleList") ?? Path.Combine(programFolder, ListLoader.SampleList.Replace('/', Path.DirectorySeparatorChar)),
                Postgres = request.Postgres ?? Text(configuration, "Postgres"),
                Partners = PartnersOf(request.Partners, configuration),
            };
            return new ServeSettings(options, Addresses(request.Urls, configuration), configuration);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new DeskException($"the settings cannot be read: {fault.Message.Split('\n')[0]}{(fault.InnerException is { } inner ? $" ({inner.Message.Split('\n')[0]})" : "")}");
        }
    }

    private static PartnerOptions? PartnersOf(string? asked, IConfiguration configuration)
    {
        var section = configuration.GetSection($"{Section}:Partners");
        if ((asked ?? section["Listen"]) is not { Length: > 0 } listen)
            return null;
        // Said at the start, before anything else is begun.
        _ = PartnerServer.Place(listen);
        return (section.Get<PartnerOptions>() ?? new PartnerOptions { Listen = listen }) with { Listen = listen };
    }

    private static List<string> Addresses(string? asked, IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (asked is not null && endpoints)
            throw new DeskException("both --urls and Kestrel:Endpoints of the configuration say where to listen. Keep one of them.");
        if (endpoints)
            return [];
        var urls = (asked ?? Text(configuration, "Urls") ?? DefaultUrl).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls)
        {
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                throw new DeskException($"{url} is no address to listen on; write it like {DefaultUrl} or https://0.0.0.0:8443.");
        }
        return urls.Length > 0 ? [.. urls] : throw new DeskException($"no address to listen on is given; write it like {DefaultUrl}.");
    }

    private static IConfigurationRoot Sources(string programFolder, string? dataFolder)
    {
        var sources = new ConfigurationBuilder().AddJsonFile(Path.Combine(programFolder, FileName), optional: true, reloadOnChange: false);
        if (dataFolder is not null)
            sources.AddJsonFile(Path.Combine(dataFolder, FileName), optional: true, reloadOnChange: false);
        return sources.AddEnvironmentVariables().Build();
    }

    private static string? Text(IConfiguration configuration, string name) => configuration[$"{Section}:{name}"] is { Length: > 0 } text ? text : null;
}
