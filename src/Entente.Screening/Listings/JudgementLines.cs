using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Records.Json;

namespace Entente.Screening.Listings;

/// <summary>Reads people's judgements: JSON lines of <c>left</c>, <c>right</c>, <c>judgement</c> (<c>positive</c> or <c>negative</c>), <c>by</c>, <c>reason</c>, <c>at</c>.</summary>
/// <remarks>A file is read whole or not at all: a judgement that got lost would join or part people silently.</remarks>
public static class JudgementLines
{
    private const int MaxLineBytes = 64 * 1024;
    private const int MaxJudgements = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="stream">UTF-8; not closed.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <returns>The judgements in the order of the lines.</returns>
    /// <exception cref="RecordFormatException">A line is no judgement; the message says which, why, and what to do.</exception>
    public static ImmutableArray<EntityJudgement> Read(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var judgements = ImmutableArray.CreateBuilder<EntityJudgement>();
        foreach ((int number, ReadOnlyMemory<byte> bytes) in JsonLines.Read(stream, source, MaxLineBytes))
        {
            if (judgements.Count == MaxJudgements)
                throw new RecordFormatException(source, number, $"the file holds more than {MaxJudgements.ToString("N0", CultureInfo.InvariantCulture)} judgements; split the lists that it is about.");
            judgements.Add(new Line(source, number).Read(bytes));
        }

        return judgements.DrainToImmutable();
    }

    private readonly record struct Line(string Source, int Number)
    {
        public EntityJudgement Read(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                // A member that stands twice could say 'positive' to one reader and 'negative' to another.
                using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
                return Read(document.RootElement);
            }
            catch (JsonException e)
            {
                throw Error("expected one JSON object such as {\"left\":\"...\",\"right\":\"...\",\"judgement\":\"positive\"}, each member once; correct the line.", e);
            }
        }

        private EntityJudgement Read(JsonElement line)
        {
            if (line.ValueKind != JsonValueKind.Object)
                throw Error("expected a JSON object in braces; correct the line.");
            string left = Needed(line, "left"), right = Needed(line, "right");
            if (left == right)
                throw Error($"'{left}' is judged against itself; name two entries.");
            Judgement judgement = Needed(line, "judgement") switch
            {
                "positive" => Judgement.Positive,
                "negative" => Judgement.Negative,
                var other => throw Error($"the judgement '{other}' is not known; write positive or negative, or take the line out."),
            };
            return new EntityJudgement(left, right, judgement, Optional(line, "by"), Optional(line, "reason"), Moment(line));
        }

        private string Needed(JsonElement line, string member) =>
            Optional(line, member) ?? throw Error($"\"{member}\" is missing or empty; a judgement needs left, right and judgement.");

        private string? Optional(JsonElement line, string member)
        {
            if (!line.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
                return null;
            if (value.ValueKind != JsonValueKind.String)
                throw Error($"\"{member}\" must be a text in quotes.");
            return value.GetString()!.Trim() is { Length: > 0 } text ? text : null;
        }

        private DateTimeOffset? Moment(JsonElement line)
        {
            if (Optional(line, "at") is not { } text)
                return null;
            return char.IsAsciiDigit(text[0]) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
                ? at
                : throw Error($"'{text}' is no moment in time; write it as 2026-03-31T12:00:00Z.");
        }

        private RecordFormatException Error(string problem, Exception? inner = null) => new(Source, Number, problem, inner);
    }
}
