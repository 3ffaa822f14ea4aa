using System.Collections.Immutable;
using Entente.Desk.Lists;
using Entente.Node.Hosting;
using Entente.Node.Screening;

namespace Entente.Node.Watchman;

/// <summary>What Watchman calls the lists that both know; others have their own names.</summary>
internal static class WatchmanSources
{
    private static readonly ImmutableArray<(string Dataset, string Source)> Known =
        [("us-ofac-sdn", "us_ofac"), ("us-ofac-cons", "us_non_sdn"), ("eu-fsf", "eu_csl"), ("gb-ukl", "uk_csl"), ("un-sc", "un_csl")];

    /// <summary>Watchman's name of a dataset.</summary>
    public static string Of(string dataset) => Known.FirstOrDefault(pair => pair.Dataset == dataset).Source ?? dataset;

    /// <summary>The datasets that a source is; empty for all.</summary>
    /// <exception cref="RequestException">404: there is no such list.</exception>
    public static ImmutableArray<string> Datasets(LoadedLists lists, string? source) =>
        source is null or "" or "api-request" ? [] : DatasetScope.Of(lists, Known.FirstOrDefault(pair => pair.Source == source).Dataset ?? source);
}
