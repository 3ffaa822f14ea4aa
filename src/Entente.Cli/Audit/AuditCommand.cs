using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Entente.Cli.Output;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;

namespace Entente.Cli.Audit;

/// <summary><c>entente audit</c>: proving that the trail is whole, making screenings again, taking the trail out.</summary>
internal static class AuditCommand
{
    private static readonly Actor Here = Actor.System("command");

    /// <summary>Makes the command.</summary>
    /// <param name="surroundings">Streams, terminal, clock.</param>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("audit", "The audit trail of a node: verify it, replay a screening, export it.")
        {
            Verify(surroundings),
            Replay(surroundings),
            Export(surroundings),
        };
        command.SetAction(int (_) => throw new UsageException("say what to do with the trail: verify, replay or export."));
        return command;
    }

    private static Command Verify(Surroundings surroundings)
    {
        var data = new NodeData();
        var file = new Argument<string?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "An export of a trail. Default: the trail of the node on this machine." };
        var heads = new Option<string[]>("--head") { HelpName = "N:HASH", Description = "An entry that is known to exist, such as a head from the node's log; repeatable." };
        var format = Format();
        var command = new Command("verify", "Prove that no entry was changed, left out, moved, put in or cut off.") { file, heads, format };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var known = NodeData.Heads(parsed.GetValue(heads));
            var json = IsJson(parsed.GetValue(format));
            if (parsed.GetValue(file) is not { } path)
                return Say(NodeData.Run(() => AuditService.VerifyAsync(data.Open(parsed, surroundings), data.Folder(parsed, surroundings), known, surroundings.Stop)), json, surroundings);
            if (data.IsNamed(parsed))
                throw new UsageException("FILE is an export, --data and --postgres are a node's own trail. Give one of them.");
            if (!File.Exists(path))
                throw new FailureException($"there is no file {path}.");
            return Say(NodeData.Run(() => VerifyFileAsync(path, known, surroundings.Stop)), json, surroundings);
        });
        return command;
    }

    private static Command Replay(Surroundings surroundings)
    {
        var data = new NodeData();
        var id = new Argument<string>("ID") { Description = "The screening's id, as its answer and the trail name it." };
        var format = Format();
        var command = new Command("replay", "Screen again what was screened then, against the lists of then, and compare.") { id, format };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            var json = IsJson(parsed.GetValue(format));
            var outcome = NodeData.Run(async () =>
            {
                var store = data.Open(parsed, surroundings);
                await using var ledger = new Ledger(store, surroundings.Time);
                using var replay = new ScreeningReplay(store, ledger, Options(data, parsed, surroundings), surroundings.Time);
                return await replay.ReplayAsync(Here, parsed.GetValue(id)!, surroundings.Stop).ConfigureAwait(false);
            });
            return Say(outcome ?? throw new FailureException($"the trail holds no screening {parsed.GetValue(id)}."), json, surroundings);
        });
        return command;
    }

    private static Command Export(Surroundings surroundings)
    {
        var data = new NodeData();
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write; - is standard output, the default." };
        var from = new Option<long?>("--from") { HelpName = "N", Description = "The first entry. Default: 1." };
        var to = new Option<long?>("--to") { HelpName = "N", Description = "The last entry. Default: the end." };
        var command = new Command("export", "Write the trail as JSON lines that anybody can verify. That it was taken out is recorded in it.") { output, from, to };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            UsageHints.RefuseUnknownOptions(parsed);
            if (parsed.GetValue(from) is < 1 || parsed.GetValue(to) is < 1)
                throw new UsageException("--from, --to: numbers of entries were expected, from 1 on.");
            surroundings.Out.Flush();
            using var file = PartFile.Create(parsed.GetValue(output) ?? "-", surroundings.OutBytes);
            var source = NodeData.Run(async () =>
            {
                var store = data.Open(parsed, surroundings);
                await using var ledger = new Ledger(store, surroundings.Time);
                var payload = new { from = parsed.GetValue(from) ?? 1, to = parsed.GetValue(to), by = Environment.UserName };
                await using var opened = await AuditExport.BeginAsync(ledger, store, Here, payload.from, payload.to, payload, surroundings.Stop).ConfigureAwait(false);
                if (opened.From > opened.To)
                    throw new FailureException($"there are no entries from {opened.From.ToString(CultureInfo.InvariantCulture)} on.");
                await AuditExport.WriteAsync(opened, file.Stream, surroundings.Time.GetUtcNow(), surroundings.Stop).ConfigureAwait(false);
                return (opened.From, opened.To);
            });
            file.Complete();
            surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Exported entries {source.From} to {source.To}. `entente audit verify FILE` verifies them anywhere."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<AuditVerdict> VerifyFileAsync(string path, IReadOnlyList<AuditHead> known, CancellationToken cancel)
    {
        await using var trail = await ExportedTrail.OpenAsync(path, cancel).ConfigureAwait(false);
        return await AuditVerifier.VerifyAsync(trail, known, cancel).ConfigureAwait(false);
    }

    private static NodeOptions Options(NodeData data, ParseResult parsed, Surroundings surroundings) => new()
    {
        DataFolder = data.Folder(parsed, surroundings),
        SampleList = Path.Combine(surroundings.ProgramFolder, ListLoader.SampleList.Replace('/', Path.DirectorySeparatorChar)),
        Postgres = data.Postgres(parsed, surroundings),
    };

    private static int Say(AuditVerdict verdict, bool json, Surroundings surroundings)
    {
        if (json)
            surroundings.Out.WriteLine(JsonSerializer.Serialize(verdict, NodeJson.Options));
        else
            Write(verdict, surroundings.Out);
        surroundings.Out.Flush();
        return verdict.Intact ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void Write(AuditVerdict verdict, TextWriter to)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(verdict.Intact ? "The trail is whole" : "The trail is NOT whole")}: {verdict.Entries:N0} entries, the last is"));
        to.WriteLine($"  {verdict.Head}");
        if (verdict.Erased > 0)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Personal data was erased from {verdict.Erased:N0} of them, as later entries say."));
        foreach (var head in verdict.Confirmed)
            to.WriteLine($"Found in its place: {head}");
        if (verdict.Confirmed.Count == 0 && verdict.Intact)
            to.WriteLine("No head from elsewhere was given: that nothing was cut off at the end, or written anew as a whole, is not proved. Give one with --head.");
        foreach (var note in verdict.Notes)
            to.WriteLine(note);
        foreach (var fault in verdict.Faults)
            to.WriteLine($"  {Shown.OneLine(fault.Message)}");
        if (verdict.FaultCount > verdict.Faults.Count)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {verdict.FaultCount - verdict.Faults.Count:N0} more"));
    }

    private static int Say(ReplayOutcome outcome, bool json, Surroundings surroundings)
    {
        var to = surroundings.Out;
        if (json)
        {
            to.WriteLine(JsonSerializer.Serialize(outcome, NodeJson.Options));
        }
        else
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Screening {outcome.Id} of {outcome.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {outcome.Actor} (entry {outcome.Seq})"));
            if (outcome.Lists.Count > 0)
                to.WriteLine($"  lists   {Shown.OneLine(string.Join(", ", outcome.Lists))}");
            to.WriteLine($"  engine  {outcome.Engine.Then ?? "not said"}{(outcome.Engine.Same ? ", as now" : $"; now {outcome.Engine.Now}")}");
            to.WriteLine($"  policy  {outcome.Policy.Then ?? "not said"}{(outcome.Policy.Same ? ", as now" : $"; now {outcome.Policy.Now}")}");
            to.WriteLine(outcome.Verdict switch
            {
                ReplayVerdict.Same => string.Create(CultureInfo.InvariantCulture, $"The same: {outcome.Queries} queries, {outcome.Results} results, every score."),
                ReplayVerdict.Different => string.Create(CultureInfo.InvariantCulture, $"NOT the same: {outcome.Differences.Count} differences."),
                _ => "It could not be made again.",
            });
            foreach (var line in outcome.Problems.Concat(outcome.Differences.Select(difference => difference.Message)))
                to.WriteLine($"  {Shown.OneLine(line)}");
        }
        to.Flush();
        return outcome.Verdict == ReplayVerdict.Same ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Option<string?> Format() => new("--format") { HelpName = "text|json", Description = "Output for people or for programs. Default: text." };

    private static bool IsJson(string? format) => format?.ToLowerInvariant() switch
    {
        null or "text" => false,
        "json" => true,
        _ => throw new UsageException($"--format {format}: text or json was expected."),
    };
}
