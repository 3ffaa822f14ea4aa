using System.Text.Json;

namespace Entente.Desk.Bulk;

/// <summary>The rows that an interrupted run has answered: what its output says by itself.</summary>
/// <param name="Rows">How many, from row 1 on without a gap.</param>
/// <param name="Matched">How many of them have a match.</param>
/// <param name="Faults">How many of them could not be screened.</param>
/// <param name="Bytes">Where the last of them ends in the output.</param>
public readonly record struct AnsweredRows(long Rows, long Matched, long Faults, long Bytes)
{
    /// <summary>No answer is longer: a thousand candidates with all their evidence are a few megabytes.</summary>
    private const int MaxLineBytes = 1 << 28;

    /// <summary>Reads the output of an interrupted run.</summary>
    /// <param name="output">Bulk output, at its begin.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The rows up to the first line that is torn, damaged or out of turn. A process that is killed may leave
    /// its last line torn, and a loss of power blocks of zeros before lines that are whole: from the first such line on
    /// nothing can be relied on.</returns>
    public static AnsweredRows Read(Stream output, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(output);
        var answered = default(AnsweredRows);
        var buffer = new byte[1 << 20];
        var (begin, end) = (0, 0);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var length = buffer.AsSpan(begin, end - begin).IndexOf((byte)'\n');
            if (length >= 0)
            {
                if (!answered.TryAdd(buffer.AsSpan(begin, length), out answered))
                    return answered;
                begin += length + 1;
                continue;
            }
            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            (begin, end) = (0, end - begin);
            if (end == MaxLineBytes)
                return answered;
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = output.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                return answered;
            end += read;
        }
    }

    /// <summary>Counts one line in, if it is the whole answer of the next row.</summary>
    private bool TryAdd(ReadOnlySpan<byte> line, out AnsweredRows sum)
    {
        sum = this;
        try
        {
            if (!TryRead(line, out var row, out var matched, out var fault) || row != Rows + 1)
                return false;
            sum = new AnsweredRows(row, Matched + (matched ? 1 : 0), Faults + (fault ? 1 : 0), Bytes + line.Length + 1);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads a line to its end, so that one damaged behind its begin is not taken for whole.</summary>
    private static bool TryRead(ReadOnlySpan<byte> line, out long row, out bool matched, out bool fault)
    {
        (row, matched, fault) = (0, false, false);
        var (inResults, hasResults) = (false, false);
        var json = new Utf8JsonReader(line);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.CurrentDepth == 1)
            {
                inResults = json.ValueTextEquals("results"u8);
                hasResults |= inResults;
                if (json.ValueTextEquals("row"u8))
                    row = json.Read() && json.TryGetInt64(out var number) ? number : 0;
                else if (json.ValueTextEquals("status"u8))
                    fault = json.Read() && json.ValueTextEquals("error"u8);
            }
            else if (inResults && json.CurrentDepth == 3 && json.ValueTextEquals("match"u8))
            {
                matched |= json.Read() && json.TokenType == JsonTokenType.True;
            }
        }
        return hasResults;
    }
}
