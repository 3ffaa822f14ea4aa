using System.Text.Json;
using Entente.Node.Store;
using Entente.Screening;

namespace Entente.Node.Bulk;

/// <summary>How a file is screened; kept with the job as JSON.</summary>
/// <param name="Schema">The schema of rows that name none.</param>
/// <param name="Threshold">Score from which a result is a match.</param>
/// <param name="Cutoff">Lowest score that is shown.</param>
/// <param name="Limit">Most results for a row.</param>
/// <param name="Alerts">Whether matches become alerts.</param>
internal sealed record BulkOptions(string Schema, double Threshold, double Cutoff, int Limit, bool Alerts)
{
    /// <summary>The policy that they make.</summary>
    public MatchPolicy Policy() => MatchPolicy.Default with { Threshold = Threshold, Cutoff = Cutoff, Limit = Limit };

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NodeJson.Options);

    /// <summary>Of what was kept.</summary>
    public static BulkOptions Of(BulkJob job) => JsonSerializer.Deserialize<BulkOptions>(job.Options, NodeJson.Options) ?? throw new InvalidDataException($"The options of bulk job {job.Id} are damaged.");
}
