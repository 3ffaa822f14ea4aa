using Entente.Node.Audit;

namespace Entente.Node.Tests.Audit;

/// <summary>A trail in memory that can be tampered with.</summary>
internal sealed class ListedTrail(IReadOnlyList<AuditRow> rows) : IAuditSource
{
    public long First => 1;

    public long Count => rows.Count;

    public byte[] Before => AuditChain.Origin;

    public AuditHead? SaidHead => null;

    public IAsyncEnumerable<AuditRow> AllAsync(CancellationToken cancel) => Trails.Async(rows);

    public IAsyncEnumerable<AuditRow> ErasuresAsync(CancellationToken cancel) => Trails.Async(rows.Where(row => row.Action == AuditAction.PersonalDataErased));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal static class Trails
{
    /// <summary>A trail of entries in several scripts, two of which were erased.</summary>
    public static List<AuditRow> Sample()
    {
        var rows = new List<AuditRow>();
        Add(rows, AuditAction.SignedIn, "account:1", "{}");
        Add(rows, AuditAction.ScreeningMade, "screening:1", """{"names":["أسامة"]}""");
        Add(rows, AuditAction.AlertRaised, "alert:1", """{"name":"Модест Выдуманов"}""");
        Add(rows, AuditAction.ScreeningMade, "screening:2", """{"names":["Zubayr 😀"]}""");
        Add(rows, AuditAction.DecisionMade, "alert:1", """{"verdict":"falseMatch"}""");
        Add(rows, AuditAction.PersonalDataErased, "retention:screenings", """{"rule":"screenings","entries":"2,4"}""");
        Add(rows, AuditAction.SettingChanged, "setting:x", "");
        rows[1] = rows[1] with { Payload = null, Salt = null };
        rows[3] = rows[3] with { Payload = null, Salt = null };
        return rows;
    }

    public static void Add(List<AuditRow> rows, string action, string about, string payload)
    {
        var at = DateTimeOffset.UnixEpoch.AddDays(20000).AddMilliseconds(rows.Count);
        var entry = AuditChain.Follow(rows.Count == 0 ? (0, AuditChain.Origin) : (rows[^1].Seq, rows[^1].Hash), at, "account:1", action, about, payload);
        rows.Add(RowOf(entry));
    }

    public static AuditRow RowOf(AuditEntry entry) => new(entry.Seq, entry.At.ToUnixTimeMilliseconds(), entry.Actor, entry.Action, entry.About, entry.Payload, entry.Salt, entry.PayloadDigest, entry.PreviousHash, entry.Hash);

    public static AuditHead HeadOf(AuditRow row) => new(row.Seq, Convert.ToHexStringLower(row.Hash));

    public static Task<AuditVerdict> VerifyAsync(IReadOnlyList<AuditRow> rows, params AuditHead[] known) =>
        AuditVerifier.VerifyAsync(new ListedTrail(rows), known, TestContext.Current.CancellationToken);

    public static async IAsyncEnumerable<AuditRow> Async(IEnumerable<AuditRow> rows)
    {
        foreach (var row in rows)
            yield return row;
        await Task.CompletedTask;
    }
}
