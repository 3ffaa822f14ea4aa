using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Store;

namespace Entente.Node.Audit;

/// <summary>Writes the trail as JSON lines that anybody can verify: <c>docs/audit.md</c> describes them.</summary>
/// <remarks>
/// The first line says what it is: <c>format</c>, <c>from</c> and <c>to</c> (numbers), <c>before</c> (the hash of the entry before
/// <c>from</c>), <c>head</c> (<c>NUMBER:HASH</c> of <c>to</c>) and <c>madeAt</c>. Each further line is one entry.
/// </remarks>
internal static class AuditExport
{
    /// <summary>The name of the format.</summary>
    public const string Format = "entente-audit-1";

    /// <summary>The media type.</summary>
    public const string MediaType = "application/x-ndjson";

    private const int FlushAt = 1 << 16;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Records that the trail is taken out, and opens it as it is then: its last entry is that record, or a later one.</summary>
    /// <param name="ledger">Where to record.</param>
    /// <param name="store">Where the trail is.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="from">The first number.</param>
    /// <param name="to">The last number; null for the end.</param>
    /// <param name="payload">What is recorded of it.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<AuditExportSource> BeginAsync(Ledger ledger, NodeStore store, Actor actor, long from, long? to, object payload, CancellationToken cancel)
    {
        await ledger.RecordAsync(actor, AuditAction.AuditExported, "audit", JsonSerializer.Serialize(payload, NodeJson.Options), cancel).ConfigureAwait(false);
        var trail = await StoredTrail.OpenAsync(store, cancel).ConfigureAwait(false);
        return new AuditExportSource(trail, from, Math.Min(to ?? long.MaxValue, trail.Head.Seq));
    }

    /// <summary>Writes it.</summary>
    /// <param name="source">Which entries.</param>
    /// <param name="output">Where to.</param>
    /// <param name="madeAt">When it is made.</param>
    /// <param name="cancel">Gives up; what was written then does not verify, as its end is missing.</param>
    public static async Task WriteAsync(AuditExportSource source, Stream output, DateTimeOffset madeAt, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        await using var json = new Utf8JsonWriter(buffer, Writing);
        var before = source.From == 1 ? AuditChain.Origin : await source.Trail.HashAtAsync(source.From - 1, cancel).ConfigureAwait(false) ?? AuditChain.Origin;
        var last = await source.Trail.HashAtAsync(source.To, cancel).ConfigureAwait(false) ?? AuditChain.Origin;
        WriteHeader(json, source, before, last, madeAt);
        EndLine(json, buffer);
        await foreach (var row in source.Trail.RangeAsync(source.From, source.To, cancel).ConfigureAwait(false))
        {
            WriteRow(json, row);
            EndLine(json, buffer);
            if (buffer.WrittenCount < FlushAt)
                continue;
            await output.WriteAsync(buffer.WrittenMemory, cancel).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }
        await output.WriteAsync(buffer.WrittenMemory, cancel).ConfigureAwait(false);
        await output.FlushAsync(cancel).ConfigureAwait(false);
    }

    private static void WriteHeader(Utf8JsonWriter json, AuditExportSource source, byte[] before, byte[] last, DateTimeOffset madeAt)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("from", source.From);
        json.WriteNumber("to", source.To);
        json.WriteString("before", Convert.ToHexStringLower(before));
        json.WriteString("head", new AuditHead(source.To, Convert.ToHexStringLower(last)).ToString());
        json.WriteString("madeAt", madeAt.UtcDateTime);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", row.Seq);
        json.WriteNumber("at", row.At);
        json.WriteString("actor", row.Actor);
        json.WriteString("action", row.Action);
        json.WriteString("about", row.About);
        json.WriteString("payload", row.Payload);
        json.WriteString("salt", row.Salt is null ? null : Convert.ToHexStringLower(row.Salt));
        json.WriteString("payloadDigest", Convert.ToHexStringLower(row.PayloadDigest));
        json.WriteString("previousHash", Convert.ToHexStringLower(row.PreviousHash));
        json.WriteString("hash", Convert.ToHexStringLower(row.Hash));
        json.WriteEndObject();
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}

/// <summary>Entries that are to be exported. The trail is held as it was when it was opened; dispose it.</summary>
/// <param name="Trail">The trail.</param>
/// <param name="From">The first number.</param>
/// <param name="To">The last number.</param>
internal sealed record AuditExportSource(StoredTrail Trail, long From, long To) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Trail.DisposeAsync();
}
