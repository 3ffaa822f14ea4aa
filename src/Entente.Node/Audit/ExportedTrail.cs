using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Store;

namespace Entente.Node.Audit;

/// <summary>A trail, or a part of one, that <see cref="AuditExport"/> wrote into a file.</summary>
internal sealed class ExportedTrail : IAuditSource
{
    // More than the payload of a request with as many queries as a node takes.
    private const int LongestLine = 256 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly JsonSerializerOptions Reading = new(NodeJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
    };

    private readonly FileStream _file;
    private readonly Header _header;
    private readonly byte[] _buffer = new byte[1 << 16];

    private ExportedTrail(FileStream file, Header header)
    {
        _file = file;
        _header = header;
        SaidHead = AuditHead.TryParse(header.Head);
        Before = Convert.FromHexString(header.Before);
    }

    public long First => _header.From;

    public long Count => Math.Max(0, _header.To - _header.From + 1);

    public byte[] Before { get; }

    public AuditHead? SaidHead { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; it is read twice.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidDataException">It is no export.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<ExportedTrail> OpenAsync(string path, CancellationToken cancel)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        try
        {
            if (!file.CanSeek)
                throw new InvalidDataException($"{path}: the file is read twice; a pipe cannot be.");
            var trail = new ExportedTrail(file, new Header("", 1, 0, "", "", default));
            await foreach (var line in trail.LinesAsync(cancel).ConfigureAwait(false))
            {
                if (ReadHeader(line) is { } header)
                    return new ExportedTrail(file, header);
                break;
            }
            throw new InvalidDataException($"{path}: not an export of an audit trail. Its first line should say \"format\":\"{AuditExport.Format}\".");
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async IAsyncEnumerable<AuditRow> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        long number = 0;
        await foreach (var line in LinesAsync(cancel).ConfigureAwait(false))
        {
            if (++number > 1)
                yield return ReadRow(line, number);
        }
    }

    public async IAsyncEnumerable<AuditRow> ErasuresAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        long entries = 0;
        await foreach (var row in AllAsync(cancel).ConfigureAwait(false))
        {
            // A number beyond the place where it stands is forged, and would cover what the file does not hold.
            if (row.Seq == First + entries++ && row.Action == AuditAction.PersonalDataErased)
                yield return row;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static Header? ReadHeader(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<Header>(line.Span, Reading) is { Format: AuditExport.Format, From: >= 1 } header
                && AuditHead.TryParse(header.Head) is { } head && head.Seq == header.To && header.Before.Length == 2 * AuditChain.HashLength && header.Before.All(char.IsAsciiHexDigit)
                ? header
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AuditRow ReadRow(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            // Bytes that are no text would be read as other text.
            _ = StrictUtf8.GetCharCount(line.Span);
            if (JsonSerializer.Deserialize<Line>(line.Span, Reading) is { } read)
            {
                return new AuditRow(read.Seq, read.At, read.Actor, read.Action, read.About, read.Payload, read.Salt is null ? null : Bytes(read.Salt),
                    Bytes(read.PayloadDigest), Bytes(read.PreviousHash), Bytes(read.Hash));
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException or DecoderFallbackException)
        {
            // Said below.
        }
        return new AuditRow(0, 0, "", "", "", null, null, [], [], []) { Unreadable = string.Create(CultureInfo.InvariantCulture, $"line {number} of the file is no entry") };
    }

    /// <summary>Hexadecimal digits in lower case only: one text for one value.</summary>
    private static byte[] Bytes(string hex) => hex.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(hex) : throw new FormatException();

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        _file.Position = 0;
        var line = new MemoryStream();
        int read;
        while ((read = await _file.ReadAsync(_buffer, cancel).ConfigureAwait(false)) > 0)
        {
            var begin = 0;
            for (int end; (end = Array.IndexOf(_buffer, (byte)'\n', begin, read - begin)) >= 0; begin = end + 1)
            {
                line.Write(_buffer, begin, end - begin);
                yield return line.GetBuffer().AsMemory(0, (int)line.Length);
                line.SetLength(0);
            }
            line.Write(_buffer, begin, read - begin);
            if (line.Length > LongestLine)
                throw new InvalidDataException("a line is too long for an export of an audit trail.");
        }
        if (line.Length > 0)
            yield return line.GetBuffer().AsMemory(0, (int)line.Length);
    }

    private sealed record Header(string Format, long From, long To, string Before, string Head, DateTimeOffset MadeAt);

    private sealed record Line(
        [property: JsonRequired] long Seq, [property: JsonRequired] long At, [property: JsonRequired] string Actor, [property: JsonRequired] string Action, [property: JsonRequired] string About,
        [property: JsonRequired] string? Payload, [property: JsonRequired] string? Salt, [property: JsonRequired] string PayloadDigest, [property: JsonRequired] string PreviousHash, [property: JsonRequired] string Hash);
}
