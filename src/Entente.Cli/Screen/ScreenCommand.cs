using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Entente.Desk.Rows;
using Entente.Records;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary><c>entente screen</c>: its options, and what of them makes sense together.</summary>
internal sealed class ScreenCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = "Name to screen, in any script. Words are joined to one name; quote several names." };
    private readonly Option<string[]> _lists = Repeatable("--list", "FILE", "List to screen against, in any supported format. Repeatable. Default: all installed lists.");
    private readonly Option<string?> _judgements = Text("--judgements", "FILE", "Which entries of several lists are one entity, and which are not: JSON lines that win over the program's own finding.");
    private readonly Option<string?> _schema = Text("--schema", "SCHEMA", $"What is screened: {SchemaNames.Usual}. Default: anything for a name, Person for rows and where a birth date or gender is given.");
    private readonly Option<string[]> _births = Repeatable("--birth-date", "DATE", "Date, month or year of birth: 1970-12-31, 1970-12, 1970.");
    private readonly Option<string[]> _nationalities = Repeatable("--nationality", "COUNTRY", "Nationality: code or name.");
    private readonly Option<string?> _gender = Text("--gender", "GENDER", "male or female.");
    private readonly Option<string[]> _places = Repeatable("--place", "PLACE", "Place of birth, or address.");
    private readonly Option<string[]> _documents = Repeatable("--document", "NUMBER", "Number of a passport, identity card or registration.");
    private readonly Option<string[]> _countries = Repeatable("--country", "COUNTRY", "Country of residence, registration or flag: code or name.");
    private readonly Option<string?> _threshold = Text("--threshold", "SCORE", "Score from which a candidate is a match, above 0 and below 1. Default: 0.70.");
    private readonly Option<string?> _limit = Text("--limit", "N", "Most candidates shown for a name, 1 to 1000. Default: 5.");
    private readonly Option<string?> _format = Text("--format", "table|json", "Output for people or for programs. Default: table.");
    private readonly Option<string?> _input = Text("--input", "FILE", "Screen all rows of a .csv, .tsv or .jsonl file ('-' is standard input).");
    private readonly Option<string?> _output = Text("--output", "FILE", "Where the answers to --input go, as JSON lines. Default: '-', standard output.");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with what an interrupted run left in FILE.part, or begin if there is nothing." };
    private readonly Option<bool> _restart = new("--restart") { Description = "Throw away what an interrupted run left in FILE.part, and begin anew." };
    private readonly Option<string?> _threads = Text("--threads", "N", "Rows of --input that are screened at a time. Default: one for each core.");
    private readonly Option<bool> _failOnMatch = new("--fail-on-match") { Description = "Exit with 3 when something matched." };

    private ScreenCommand()
    {
    }

    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    /// <returns>The command.</returns>
    public static Command Create(Surroundings surroundings)
    {
        var parts = new ScreenCommand();
        var command = new Command("screen", "Is this name on the list? Screens one name, several, or a whole file.")
        {
            parts._names, parts._lists, parts._judgements, parts._schema, parts._births, parts._nationalities, parts._gender, parts._places,
            parts._documents, parts._countries, parts._threshold, parts._limit, parts._format, parts._input, parts._output,
            parts._resume, parts._restart, parts._threads, parts._failOnMatch,
        };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var options = parts.Read(parsed);
            return options.Input is null
                ? ScreenNames.Run(options, surroundings)
                : ScreenRows.Run(options, surroundings);
        });
        return command;
    }

    private ScreenOptions Read(ParseResult parsed)
    {
        var schemaWord = parsed.GetValue(_schema);
        var schema = SchemaNames.Find(schemaWord, IsOfAnything(parsed) ? SchemaNames.Anything : SchemaNames.Default)
            ?? throw new UsageException($"--schema {schemaWord}: there is no such schema. Usual ones: {SchemaNames.Usual}.");
        var options = new ScreenOptions
        {
            Schema = schema,
            Lists = [.. parsed.GetValue(_lists)!],
            Judgements = parsed.GetValue(_judgements),
            Policy = Policy(parsed),
            Json = IsJson(parsed.GetValue(_format)),
            FailOnMatch = parsed.GetValue(_failOnMatch),
        };
        var names = SplitNames(parsed.GetValue(_names)!);
        return parsed.GetValue(_input) is { } input
            ? Bulk(parsed, options, names, input)
            : Single(parsed, options, names);
    }

    /// <summary>Who types a name alone means whatever bears it; rows, birth dates and genders are of people.</summary>
    private bool IsOfAnything(ParseResult parsed) =>
        parsed.GetValue(_input) is null && parsed.GetValue(_gender) is null && parsed.GetValue(_births) is not { Length: > 0 };

    private ScreenOptions Single(ParseResult parsed, ScreenOptions options, ImmutableArray<string> names)
    {
        if (names.IsEmpty)
            throw new UsageException("screen whom? Give a name, or a file with --input. `entente screen --help` shows examples.");
        if (parsed.GetValue(_output) is not null)
            throw new UsageException("--output goes with --input; the answer for a name goes to standard output.");
        if (new Option[] { _resume, _restart, _threads }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } bulk)
            throw new UsageException($"{bulk.Name} goes with --input.");
        var query = new Query
        {
            Schema = options.Schema,
            BirthDates = Checked(parsed, _births, text => PartialDate.TryParse(text, out _), "is not a date; write 1970-12-31, 1970-12 or 1970"),
            Nationalities = Checked(parsed, _nationalities, text => Countries.TryNormalise(text, out _), "is no country that is known; write a code such as sa, or a name"),
            Countries = Checked(parsed, _countries, text => Countries.TryNormalise(text, out _), "is no country that is known; write a code such as sa, or a name"),
            Genders = parsed.GetValue(_gender) is { } gender ? [gender] : [],
            Places = [.. parsed.GetValue(_places)!],
            Documents = [.. parsed.GetValue(_documents)!],
        };
        if (names.Length > 1 && FirstFact(parsed) is { } fact)
            throw new UsageException($"{fact} describes one person, but there are {names.Length} names. Screen them one by one, or with --input.");
        return options with { Queries = [.. names.Select(name => query with { Names = [name] })] };
    }

    private ScreenOptions Bulk(ParseResult parsed, ScreenOptions options, ImmutableArray<string> names, string input)
    {
        if (!names.IsEmpty)
            throw new UsageException("give either names or --input, not both.");
        if (FirstFact(parsed) is { } fact)
            throw new UsageException($"{fact} describes one person; with --input it belongs in a column of the file.");
        if (parsed.GetValue(_format) is not null && !options.Json)
            throw new UsageException("--input answers in JSON lines; --format table is for single names.");
        var output = parsed.GetValue(_output) ?? "-";
        if (output != "-" && input != "-" && Path.GetFullPath(output) == Path.GetFullPath(input))
            throw new UsageException("--output would overwrite --input; name another file.");
        return Again(parsed, options with { Input = input, Output = output, Threads = Threads(parsed) });
    }

    /// <summary>What is to become of an interrupted run.</summary>
    private ScreenOptions Again(ParseResult parsed, ScreenOptions options)
    {
        var (resume, restart) = (parsed.GetValue(_resume), parsed.GetValue(_restart));
        if (resume && restart)
            throw new UsageException("--resume goes on with an interrupted run and --restart throws it away; give one of them.");
        if ((resume || restart) && options.Output == "-")
            throw new UsageException($"{(resume ? "--resume" : "--restart")} goes with --output FILE; what went to standard output cannot be taken up again.");
        if (resume && options.Input == "-")
            throw new UsageException("--resume goes with --input FILE; standard input cannot be read again.");
        return options with { Resume = resume, Restart = restart };
    }

    private int Threads(ParseResult parsed)
    {
        if (parsed.GetValue(_threads) is not { } text)
            return Environment.ProcessorCount;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= 1024
            ? threads
            : throw new UsageException($"--threads {text}: a whole number from 1 to 1024 was expected.");
    }

    private string? FirstFact(ParseResult parsed) =>
        new Option[] { _births, _nationalities, _gender, _places, _documents, _countries }
            .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    private MatchPolicy Policy(ParseResult parsed)
    {
        var policy = MatchPolicy.Default;
        if (parsed.GetValue(_threshold) is { } threshold)
        {
            if (!double.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || score is not (> 0 and < 1))
                throw new UsageException($"--threshold {threshold}: a number above 0 and below 1 was expected, such as 0.75.");
            // A match must never be cut off for being below what is worth reporting.
            policy = policy with { Threshold = score, Cutoff = Math.Min(policy.Cutoff, score) };
        }
        if (parsed.GetValue(_limit) is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > 1000)
                throw new UsageException($"--limit {limit}: a whole number from 1 to 1000 was expected.");
            policy = policy with { Limit = most };
        }
        return policy;
    }

    /// <summary>Words are one name; as soon as one of them was quoted and holds a space, each is a name of its own.</summary>
    private static ImmutableArray<string> SplitNames(string[] words)
    {
        var names = words.Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => word.Trim()).ToImmutableArray();
        if (names.IsEmpty && words.Length > 0)
            throw new UsageException("the name is blank.");
        if (names.Any(name => name.Length > FieldValues.MaxNameLength))
            throw new FailureException($"nothing to compare: a name longer than {FieldValues.MaxNameLength} characters is no name.");
        return names.Length <= 1 || names.Any(name => name.Any(char.IsWhiteSpace)) ? names : [string.Join(' ', names)];
    }

    /// <summary>A fact that cannot be read must not be left out silently: the answer would look as if it had been weighed.</summary>
    private static ImmutableArray<string> Checked(ParseResult parsed, Option<string[]> option, Func<string, bool> reads, string problem)
    {
        foreach (var value in parsed.GetValue(option)!)
        {
            if (!reads(value))
                throw new UsageException($"{option.Name} '{value}' {problem}.");
        }
        return [.. parsed.GetValue(option)!];
    }

    private static bool IsJson(string? format) => format?.ToLowerInvariant() switch
    {
        null or "table" => false,
        "json" or "jsonl" => true,
        _ => throw new UsageException($"--format {format}: table or json was expected."),
    };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static Option<string[]> Repeatable(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
