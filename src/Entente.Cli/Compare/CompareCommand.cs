using System.CommandLine;

namespace Entente.Cli.Compare;

/// <summary><c>entente compare</c>: two names, or a table of pairs, with no list loaded.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    /// <returns>The command.</returns>
    public static Command Create(Surroundings surroundings)
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = "Two names, each in quotes." };
        var schema = new Option<string?>("--schema") { HelpName = "SCHEMA", Description = $"What the names belong to: {SchemaNames.Usual}. Default: Person." };
        var format = new Option<string?>("--format") { HelpName = "table|json", Description = "Output for people or for programs. Default: table." };
        var input = new Option<string?>("--input") { HelpName = "FILE", Description = "A table of pairs with columns name1, name2 and (if you like) schema ('-' is standard input)." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where the table with scores goes. Default: '-', standard output." };
        var command = new Command("compare", "How alike are two names, and why? By the same scorer as screen.")
        {
            names, schema, format, input, output,
        };
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var word = parsed.GetValue(schema);
            var found = SchemaNames.Find(word, SchemaNames.Default)
                ?? throw new UsageException($"--schema {word}: there is no such schema. Usual ones: {SchemaNames.Usual}.");
            var pair = parsed.GetValue(names)!;
            if (parsed.GetValue(input) is not { } path)
                return Two(pair, found, parsed.GetValue(format), parsed.GetValue(output), surroundings);
            if (pair.Length > 0)
                throw new UsageException("give either two names or --input, not both.");
            if (parsed.GetValue(format) is not null)
                throw new UsageException("--format is for two names; --input answers with the table it was given.");
            return ComparePairs.Run(path, parsed.GetValue(output) ?? "-", found, surroundings);
        });
        return command;
    }

    private static int Two(string[] names, string schema, string? format, string? output, Surroundings surroundings)
    {
        if (names.Length != 2)
            throw new UsageException($"compare takes two names, each in quotes, but got {names.Length}; or a table with --input.");
        if (output is not null)
            throw new UsageException("--output goes with --input; the answer for two names goes to standard output.");
        return format?.ToLowerInvariant() switch
        {
            null or "table" => CompareNames.Run(schema, names[0], names[1], json: false, surroundings),
            "json" => CompareNames.Run(schema, names[0], names[1], json: true, surroundings),
            _ => throw new UsageException($"--format {format}: table or json was expected."),
        };
    }
}
