using System.Text;
using Entente.Desk;

namespace Entente.Cli.Tests;

/// <summary>What becomes of a bulk run that ends early, and of the run that goes on with it.</summary>
/// <remarks>Runs are stopped from their own clock, which is read after each batch: at the same place every time, however
/// slow or busy the machine is. <see cref="KilledRunTests"/> kills real processes.</remarks>
public sealed class ResumeTests : IDisposable
{
    private const int Rows = 1000;

    private readonly Cli _cli = new();

    private string Output => _cli.PathOf("hits.jsonl");

    private string Part => Output + ".part";

    private string Job => Part + ".job";

    public void Dispose() => _cli.Dispose();

    /// <summary>People with all that could confuse a count of rows: quoted line breaks, blank lines, damaged rows.</summary>
    private static string Csv(string last = "Quentin Unrelated")
    {
        var text = new StringBuilder("id,name,note\r\n");
        for (var i = 1; i < Rows; i++)
        {
            text.Append((i % 10) switch
            {
                0 => $"{i},\"Zubayr\nAl-Fictivi\",\"two\n\n\"\"lines\"\"\"\n",
                1 => $"\n{i},Модест Выдуманов,\r\n  \r\n",
                2 => $"{i},12345,\n",
                3 => $"{i},\"Zubayr, never closed,\n",
                4 => $"{i},too,many,columns\n",
                _ => $"{i},Zubayr Al-Fictivi,\n",
            });
        }
        return text.Append(Rows).Append(',').Append(last).Append(",\n").ToString();
    }

    private static string JsonLines()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= Rows; i++)
            text.Append((i % 10) switch { 0 => "{\"name\":\n", 1 => $"\n{{\"id\":{i},\"name\":\"زبير الفكتيفي\"}}\n", _ => $"{{\"id\":{i},\"name\":\"Zubayr Al-Fictivi\"}}\n" });
        return text.ToString();
    }

    private string Input(string name = "in.csv", string? text = null) => _cli.Write(name, text ?? Csv());

    private Result Screen(string input, params string[] more) =>
        _cli.Run(["screen", "--list", _cli.List(), "--input", input, "--output", Output, .. more]);

    /// <summary>A run that is stopped after so many batches; what it left stays in the folder.</summary>
    private Result Stopped(string input, int batches, params string[] more)
    {
        using var stop = new CancellationTokenSource();
        var cli = new Cli { Folder = _cli.Folder, Stop = stop.Token, Time = new ReadingClock(ReadingClock.AfterBatches(batches), stop.Cancel) };
        return cli.Run(["screen", "--list", _cli.List(), "--input", input, "--output", Output, .. more]);
    }

    /// <summary>The output of a run that nobody disturbed.</summary>
    private byte[] Whole(string input)
    {
        var path = _cli.PathOf("whole.jsonl");
        var result = _cli.Run("screen", "--list", _cli.List(), "--input", input, "--output", path);
        Assert.True(result.Code == 0, result.Error);
        return File.ReadAllBytes(path);
    }

    private int RowsInPart() => File.ReadAllBytes(Part).Count(b => b == '\n');

    [Theory]
    [InlineData("in.csv")]
    [InlineData("in.jsonl")]
    public void Stopped_again_and_again_it_ends_with_the_same_bytes(string name)
    {
        var input = Input(name, name == "in.csv" ? Csv() : JsonLines());
        var counts = new List<int> { 0 };
        for (var batches = 1; batches <= 4; batches++)
        {
            var stopped = Stopped(input, batches, "--resume");
            Assert.Equal(1, stopped.Code);
            Assert.Contains("stopped before the end", stopped.Error, StringComparison.Ordinal);
            Assert.Contains("--resume to go on", stopped.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(Output));
            counts.Add(RowsInPart());
        }
        Assert.Equal(counts.Distinct().Order(), counts);

        var last = Screen(input, "--resume");
        Assert.Equal(0, last.Code);
        Assert.Contains($"Resumed: {counts[^1]} rows are answered already.", last.Error, StringComparison.Ordinal);
        Assert.Contains($"1,000 rows, {Rows - counts[^1]} of them now,", last.Error, StringComparison.Ordinal);
        Assert.Equal(Whole(input), File.ReadAllBytes(Output));
        Assert.False(File.Exists(Part) || File.Exists(Job));
    }

    [Fact]
    public void The_summary_and_exit_code_count_what_was_answered_before()
    {
        // The only matches and faults stand in the first batch.
        var input = Input(text: "name\nZubayr Al-Fictivi\n123\n" + string.Concat(Enumerable.Repeat("Quentin Unrelated\n", Rows)));
        Stopped(input, 1);
        var result = Screen(input, "--resume", "--fail-on-match");
        Assert.Equal(3, result.Code);
        Assert.Contains("1 with a match, 1 could not be screened", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wherever_the_output_is_torn_nothing_is_lost_or_said_twice()
    {
        var input = Input();
        var whole = Whole(input);
        Stopped(input, 2);
        var (part, job) = (File.ReadAllBytes(Part), File.ReadAllBytes(Job));
        var second = Array.IndexOf(part, (byte)'\n', Array.IndexOf(part, (byte)'\n') + 1) + 1;
        int[] places = [1, second - 1, second, second + 1, part.Length / 2, part.Length - 2, part.Length - 1];
        foreach (var place in places)
        {
            File.WriteAllBytes(Part, part[..place]);
            File.WriteAllBytes(Job, job);
            Assert.Equal(0, Screen(input, "--resume").Code);
            Assert.True(whole.AsSpan().SequenceEqual(File.ReadAllBytes(Output)), $"torn after {place} bytes");
        }
    }

    [Fact]
    public void A_run_that_ended_just_before_its_result_got_its_name_is_ended_by_resuming()
    {
        var input = Input();
        var whole = Whole(input);
        Stopped(input, 2);
        File.WriteAllBytes(Part, whole);
        var result = Screen(input, "--resume");
        Assert.Equal(0, result.Code);
        Assert.Contains("1,000 rows, 0 of them now,", result.Error, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(Output));
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("missing row")]
    [InlineData("row twice")]
    [InlineData("damaged behind its begin")]
    public void What_stands_behind_a_damaged_line_is_not_relied_on(string damage)
    {
        var input = Input();
        Stopped(input, 2);
        var lines = File.ReadAllText(Part).Split('\n').ToList();
        switch (damage)
        {
            case "zeros": // as a loss of power leaves them, with whole lines behind
                lines[5] = new string('\0', lines[5].Length);
                break;
            case "missing row":
                lines.RemoveAt(5);
                break;
            case "row twice":
                lines.Insert(5, lines[4]);
                break;
            default:
                lines[5] = lines[5][..^3] + "\0]}";
                break;
        }
        File.WriteAllText(Part, string.Join('\n', lines));
        var result = Screen(input, "--resume");
        Assert.Contains("Resumed: 5 rows are answered already", result.Error, StringComparison.Ordinal);
        Assert.Equal(Whole(input), File.ReadAllBytes(Output));
    }

    [Fact]
    public void Without_a_word_about_it_an_interrupted_run_is_neither_resumed_nor_thrown_away()
    {
        var input = Input();
        Stopped(input, 2);
        var part = File.ReadAllBytes(Part);
        var result = Screen(input);
        Assert.Equal(1, result.Code);
        Assert.Contains("Give --resume to go on with them, or --restart", result.Error, StringComparison.Ordinal);
        Assert.Equal(part, File.ReadAllBytes(Part));

        Assert.Equal(0, Screen(input, "--restart").Code);
        Assert.Equal(Whole(input), File.ReadAllBytes(Output));
        Assert.False(File.Exists(Part) || File.Exists(Job));
    }

    public static TheoryData<string, string[], string> OtherJobs => new()
    {
        { "a row more", [], "the input was" },
        { "a byte other", [], "the input was" },
        { "list", [], "the lists were test#" },
        { "", ["--threshold", "0.8"], "--threshold was 0.7 and is 0.8" },
        { "", ["--limit", "6"], "--limit was 5 and is 6" },
        { "", ["--schema", "Organization"], "--schema was Person and is Organization" },
        { "judgements", [], "the judgements were none and are those with SHA-256" },
        { "build", [], "the program was another build of entente" },
        { "engine", [], "the program was entente 0.0.1 and is" },
        { "damaged job", [], "hits.jsonl.part.job cannot be read" },
        { "later job", [], "of format 99" },
        { "no job", [], "hits.jsonl.part.job, which says what it belongs to, is missing" },
    };

    [Theory]
    [MemberData(nameof(OtherJobs))]
    public void Another_job_is_refused_with_what_differs_and_leaves_all_as_it_was(string change, string[] options, string message)
    {
        var input = Input();
        Stopped(input, 2);
        var list = _cli.List();
        switch (change)
        {
            case "a row more":
                File.AppendAllText(input, "1001,Zubayr Al-Fictivi,\n");
                break;
            case "a byte other":
                Input(text: Csv(last: "Quentin Unrelatet"));
                break;
            case "list":
                File.WriteAllText(list, File.ReadAllText(list).Replace("1955", "1956", StringComparison.Ordinal));
                break;
            case "judgements":
                options = ["--judgements", _cli.Write("judgements.jsonl", "{\"left\":\"t-1\",\"right\":\"t-2\",\"judgement\":\"negative\"}")];
                break;
            case "build":
                ChangeJob(EngineVersion.Build, "0123456789abcdef");
                break;
            case "engine":
                ChangeJob($"\"engine\": \"{EngineVersion.Text}\"", "\"engine\": \"0.0.1\"");
                break;
            case "damaged job":
                File.WriteAllText(Job, File.ReadAllText(Job)[..^20]);
                break;
            case "later job":
                ChangeJob("\"format\": 1", "\"format\": 99");
                break;
            case "no job":
                File.Delete(Job);
                break;
            default:
                break;
        }
        var part = File.ReadAllBytes(Part);
        var result = _cli.Run(["screen", "--list", list, "--input", input, "--output", Output, "--resume", .. options]);
        Assert.Equal(1, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains("--restart", result.Error, StringComparison.Ordinal);
        Assert.Equal(part, File.ReadAllBytes(Part));
        Assert.False(File.Exists(Output));
    }

    private void ChangeJob(string old, string now)
    {
        var job = File.ReadAllText(Job);
        Assert.Contains(old, job, StringComparison.Ordinal);
        File.WriteAllText(Job, job.Replace(old, now, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_known_by_content_and_threads_do_not_matter()
    {
        var input = Input();
        Stopped(input, 2, "--threads", "1");
        File.Move(input, _cli.PathOf("moved.csv"));
        Assert.Contains("Resumed: ", Screen(_cli.PathOf("moved.csv"), "--resume", "--threads", "3").Error, StringComparison.Ordinal);
        Assert.Equal(Whole(_cli.PathOf("moved.csv")), File.ReadAllBytes(Output));
    }

    [Fact]
    public void With_nothing_to_resume_it_says_so_and_begins()
    {
        var input = Input();
        var result = Screen(input, "--resume");
        Assert.Equal(0, result.Code);
        Assert.Contains("Nothing to resume", result.Error, StringComparison.Ordinal);
        Assert.Equal(Whole(input), File.ReadAllBytes(Output));
    }

    [Fact]
    public void An_older_result_stays_until_the_new_one_is_whole()
    {
        var input = Input();
        _cli.Write("hits.jsonl", "older\n");
        Stopped(input, 2);
        Assert.Equal("older\n", File.ReadAllText(Output));
        Screen(input, "--resume");
        Assert.Equal(Whole(input), File.ReadAllBytes(Output));
    }

    [Fact]
    public void Two_runs_do_not_write_to_one_output()
    {
        var input = Input();
        using (new FileStream(Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var result = Screen(input, "--resume");
            Assert.Equal(1, result.Code);
            Assert.Contains("hits.jsonl cannot be written", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_input_that_grows_while_it_is_screened_gives_no_result()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let a file that is read be written to");
        var input = Input(text: "name\n" + string.Concat(Enumerable.Repeat("Quentin Unrelated\n", 10_000)));
        var cli = new Cli
        {
            Folder = _cli.Folder,
            Time = new ReadingClock(ReadingClock.AfterBatches(1), () =>
            {
                // The runtime locks what it reads, but only against itself.
                using var append = System.Diagnostics.Process.Start("sh", ["-c", "echo 'Zubayr Al-Fictivi' >> \"$0\"", input]);
                append.WaitForExit();
            }),
        };
        var result = cli.Run("screen", "--list", _cli.List(), "--input", input, "--output", Output);
        Assert.Equal(1, result.Code);
        Assert.Contains("was changed while it was screened", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cli.Folder, "hits*"));
    }

    [Theory]
    [InlineData("--input in.csv --resume", "--resume goes with --output FILE")]
    [InlineData("--input in.csv --restart", "--restart goes with --output FILE")]
    [InlineData("--input - --output hits.jsonl --resume", "standard input cannot be read again")]
    [InlineData("--input in.csv --output hits.jsonl --resume --restart", "give one of them")]
    [InlineData("--input in.csv --output hits.jsonl --threads 0", "a whole number from 1")]
    [InlineData("--input in.csv --output hits.jsonl --threads many", "a whole number from 1")]
    [InlineData("Zubayr --resume", "--resume goes with --input")]
    [InlineData("Zubayr --threads 2", "--threads goes with --input")]
    public void What_makes_no_sense_together_is_bad_usage(string words, string message)
    {
        Input();
        var result = _cli.Run(["screen", "--list", _cli.List(), .. words.Split(' ')]);
        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_to_standard_output_says_that_it_cannot_be_resumed()
    {
        using var stop = new CancellationTokenSource();
        var cli = new Cli { Folder = _cli.Folder, Stop = stop.Token, Time = new ReadingClock(ReadingClock.AfterBatches(1), stop.Cancel) };
        var result = cli.Run("screen", "--list", _cli.List(), "--input", Input());
        Assert.Equal(1, result.Code);
        Assert.Contains("Standard output cannot be resumed", result.Error, StringComparison.Ordinal);
    }
}
