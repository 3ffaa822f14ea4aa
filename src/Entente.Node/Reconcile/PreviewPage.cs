using System.Net;
using System.Text;
using Entente.Desk.Lists;
using Entente.Node.Web;
using Entente.Node.Yente;

namespace Entente.Node.Reconcile;

/// <summary>A small page on an entity: no scripts, nothing from other hosts.</summary>
internal static class PreviewPage
{
    private static readonly (string Label, string[] Properties)[] Rows =
    [
        ("Also known as", ["name", "alias", "weakAlias", "previousName"]),
        ("Born", ["birthDate"]),
        ("Born in", ["birthPlace"]),
        ("Nationality", ["nationality", "citizenship"]),
        ("Country", ["country", "jurisdiction", "flag"]),
        ("Documents", ["passportNumber", "idNumber", "registrationNumber", "imoNumber"]),
        ("Position", ["position"]),
        ("Topics", ["topics"]),
    ];

    private const int MostValues = 6;

    /// <summary>The page.</summary>
    public static string Of(EntityShape shape, LoadedLists lists, DateTimeOffset now)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Html(shape.Caption))
            .Append("</title><link rel=\"stylesheet\" href=\"").Append(WebAssets.Href("assets/entente.css")).Append("\"></head><body><main><h1 dir=\"auto\">")
            .Append(Html(shape.Caption)).Append("</h1><p>").Append(Html(ReconcileWords.Describe(shape))).Append("</p><dl>");
        foreach (var (label, properties) in Rows)
        {
            var values = properties.SelectMany(property => shape.Get(property).Select(value => ReconcileWords.Caption(shape.Schema, property, value))).Where(value => value != shape.Caption).Distinct(StringComparer.Ordinal).ToList();
            if (values.Count == 0)
                continue;
            page.Append("<dt>").Append(label).Append("</dt>");
            foreach (var value in values.Take(MostValues))
                page.Append("<dd dir=\"auto\">").Append(Html(value)).Append("</dd>");
        }
        page.Append("</dl><p>Lists: ");
        page.AppendJoin("; ", lists.Versions.Where(version => shape.Datasets.Contains(version.Dataset)).Select(version => Html($"{version.Title}, {version.Label}{(version.IsStale(now) ? " (stale)" : "")}")));
        return page.Append("</p></main></body></html>").ToString();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
