using System.CommandLine;
using System.CommandLine.Parsing;

namespace Entente.Cli;

/// <summary>Says what was wrong with a command line, and the nearest thing that would have been right.</summary>
internal static class UsageHints
{
    /// <summary>One sentence for the first error of a command line.</summary>
    /// <param name="parsed">A command line with errors.</param>
    /// <returns>The sentence, with where to read more.</returns>
    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        var what = unknown is null
            ? parsed.Errors[0].Message
            : Unknown(command, unknown);
        return $"{what.TrimEnd('.')}. `{FullName(parsed)} --help` shows what is possible.";
    }

    /// <summary>
    /// Refuses words that look like options but are none: an argument that takes any word would swallow a misspelt
    /// <c>--brith-date</c> as part of a name, and the screening would quietly leave the date out.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UsageException">Such a word stands before <c>--</c>.</exception>
    public static void RefuseUnknownOptions(ParseResult parsed)
    {
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                return;
            if (token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal) && token.Value.Length > 2)
                throw new UsageException($"{Unknown(parsed.CommandResult.Command, token.Value)}. Put `--` before a name that begins with a dash.");
        }
    }

    private static string Unknown(Command command, string token)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        var asked = token.Split('=')[0];
        var nearest = known.OrderBy(name => Distance(name, asked)).FirstOrDefault();
        var hint = nearest is not null && Distance(nearest, asked) <= Math.Max(2, asked.Length / 3) ? $" (did you mean {nearest}?)" : "";
        return $"unknown {(isOption ? "option" : "word")} {asked}{hint}";
    }

    private static string FullName(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } result; at = result.Parent)
            names.Push(result.Command.Name);
        names.Push("entente");
        return string.Join(' ', names);
    }

    /// <summary>Edits between two short words (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
