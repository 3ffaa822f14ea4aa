using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Taxii;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Taxii;

/// <summary>Says errors below <see cref="Path"/> in the way of TAXII, wherever they come from.</summary>
internal sealed class TaxiiErrors : IProblemDetailsWriter
{
    /// <summary>Where TAXII is served.</summary>
    public const string Path = "/taxii2";

    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemAnswers.Complete(context);
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        var error = new TaxiiError(context.ProblemDetails.Title ?? ReasonPhrases.GetReasonPhrase(status), context.ProblemDetails.Detail, status.ToString(CultureInfo.InvariantCulture));
        http.Response.ContentType = TaxiiMedia.Taxii;
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error, TaxiiJson.Options), http.RequestAborted).ConfigureAwait(false);
    }
}
