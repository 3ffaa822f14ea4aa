namespace Entente.Node.Bulk;

/// <summary>A bulk job as the API shows it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="FileName">The name of the uploaded file.</param>
/// <param name="Bytes">Bytes uploaded.</param>
/// <param name="Sha256">SHA-256 of the upload.</param>
/// <param name="Schema">The schema of rows that name none.</param>
/// <param name="Threshold">Score from which a result is a match.</param>
/// <param name="Limit">Most results for a row.</param>
/// <param name="Alerts">Whether matches become alerts.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Share">Share of the file done, 0 to 1.</param>
/// <param name="Matched">Rows that matched.</param>
/// <param name="Unscreened">Rows that could not be screened; they stand in the result with <c>"status":"error"</c>.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Lists">The lists it was screened against; null before it began.</param>
/// <param name="ResultBytes">Bytes of the result; 0 before it is done.</param>
/// <param name="ResultSha256">SHA-256 of the result; null before it is done.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="EndedAt">When it ended; null before.</param>
internal sealed record BulkView(
    string Id, string Account, string FileName, long Bytes, string Sha256, string Schema, double Threshold, int Limit, bool Alerts,
    BulkState State, long Rows, double Share, long Matched, long Unscreened, string? Error, string? Lists,
    long ResultBytes, string? ResultSha256, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Of a job as the store has it, and as it is doing where it is in hand.</summary>
    public static BulkView Of(BulkJob job, BulkProgress? live)
    {
        var options = BulkOptions.Of(job);
        return new BulkView(job.Id, job.AccountId, job.FileName, job.Bytes, job.Sha256, options.Schema, options.Threshold, options.Limit, options.Alerts,
            live?.State ?? job.State, live?.Rows ?? job.Rows, live?.Share ?? job.Share, live?.Matched ?? job.Matched, live?.Unscreened ?? job.Unscreened,
            job.Error, job.ListsId, job.ResultBytes, job.ResultSha256, job.CreatedAt, job.EndedAt);
    }
}

/// <summary>Some of the jobs, latest first.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">What to give as <c>after</c> for the next; null at the end.</param>
internal sealed record BulkPage(IReadOnlyList<BulkView> Jobs, string? Next);
