using System.Globalization;
using System.Text;
using Entente.Cli.Output;
using Entente.Desk;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Cli.Compare;

/// <summary>Scores a table of pairs, for evaluation. All columns come back as they were written, <c>score</c> behind them.</summary>
/// <remarks>A damaged row ends the run, with its line: figures from a table of which a part was skipped would be wrong
/// without looking so.</remarks>
internal sealed class ComparePairs
{
    private const int PairsPerBatch = 256;

    private readonly int _name1;
    private readonly int _name2;
    private readonly int _schema;
    private readonly string _defaultSchema;
    private readonly string _path;

    private ComparePairs(IReadOnlyList<string> columns, string path, string defaultSchema)
    {
        var folded = columns.Select(ColumnNames.Fold).ToList();
        _name1 = folded.IndexOf("name1");
        _name2 = folded.IndexOf("name2");
        _schema = folded.IndexOf("schema");
        _path = path;
        _defaultSchema = defaultSchema;
        if (_name1 < 0 || _name2 < 0)
            throw new FailureException($"{path}, line 1: columns name1 and name2 are needed. Found: {string.Join(", ", columns.Take(20).Select(name => $"'{name}'"))}.");
    }

    /// <summary>Scores the pairs.</summary>
    /// <param name="input">The table; <c>-</c> is standard input.</param>
    /// <param name="output">Where the scores go; <c>-</c> is standard output.</param>
    /// <param name="schema">The schema of rows that name none.</param>
    /// <param name="surroundings">Streams, clock, Ctrl-C.</param>
    /// <returns><see cref="ExitCodes.Done"/>.</returns>
    /// <exception cref="FailureException">The table or a row cannot be read; nothing stands under the name of the output.</exception>
    public static int Run(string input, string output, string schema, Surroundings surroundings)
    {
        if (output != "-" && input != "-" && Path.GetFullPath(output) == Path.GetFullPath(input))
            throw new UsageException("--output would overwrite --input; name another file.");
        var (stream, length) = InputFile.Open(input, surroundings.In);
        using var lines = new TextLines(stream, input == "-" ? "standard input" : input);
        var table = Table.Open(lines, Path.GetExtension(input));
        var pairs = new ComparePairs(table.Columns, lines.Path, schema);
        var delimiter = table.Delimiter;

        surroundings.Out.Flush();
        var progress = new Progress(surroundings);
        var rows = 0L;
        using (var result = PartFile.Create(output, surroundings.OutBytes))
        {
            using (var writer = new StreamWriter(result.Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
            {
                writer.WriteLine($"{table.RawHeader}{delimiter}score");
                foreach (var scored in pairs.Score(table, surroundings.Stop))
                {
                    writer.Write(scored.Raw);
                    writer.Write(delimiter);
                    writer.WriteLine(scored.Score.ToString("F6", CultureInfo.InvariantCulture));
                    rows++;
                    progress.Report(rows, (double)lines.BytesRead / length);
                }
            }
            progress.Clear();
            result.Complete();
        }
        surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} pairs in {Progress.Pace(rows, progress.Elapsed)}."));
        return ExitCodes.Done;
    }

    /// <summary>Scores on all cores, in input order, a bounded number of rows ahead.</summary>
    private IEnumerable<(string Raw, double Score)> Score(Table table, CancellationToken stop) =>
        Pairs(table, stop).Chunk(PairsPerBatch).SelectMany(chunk => chunk.AsParallel().AsOrdered().WithCancellation(stop).Select(Score).ToArray());

    private IEnumerable<Pair> Pairs(Table table, CancellationToken stop)
    {
        while (table.Read() is { } record)
        {
            stop.ThrowIfCancellationRequested();
            if (record.Fault is { } fault)
                throw Bad(record, fault);
            var word = _schema < 0 ? null : record.Fields[_schema];
            var schema = SchemaNames.Find(word, _defaultSchema) ?? throw Bad(record, $"unknown schema '{word}'; usual ones are {SchemaNames.Usual}");
            var (name1, name2) = (record.Fields[_name1], record.Fields[_name2]);
            if (Math.Max(name1.Length, name2.Length) > FieldValues.MaxNameLength)
                throw Bad(record, $"a name is longer than {FieldValues.MaxNameLength} characters");
            yield return new Pair(record.Raw, schema, name1, name2);
        }
    }

    private FailureException Bad(DelimitedRecord record, string fault) =>
        new($"{_path}, line {record.Line}: {fault}. Nothing was written.");

    private static (string Raw, double Score) Score(Pair pair) =>
        (pair.Raw, PairComparison.Compare(pair.Schema, pair.Name1, pair.Name2).Score);

    private sealed record Pair(string Raw, string Schema, string Name1, string Name2);
}
