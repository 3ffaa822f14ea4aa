using System.CommandLine;
using System.Globalization;
using Entente.Bench;
using Entente.Monitor;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<string> data = new("--data") { Description = "folder of the real lists and names (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)" };
Option<int> subjects = new("--subjects") { Description = "subjects in the book", DefaultValueFactory = _ => 1_000_000 };
Option<ulong> seed = new("--seed") { Description = "another seed makes others", DefaultValueFactory = _ => 1 };
Option<string> from = new("--from") { Description = "the list before, below lists/", DefaultValueFactory = _ => "ofac-2024-05-01/sdn.csv" };
Option<string> to = new("--to") { Description = "the list after, below lists/", DefaultValueFactory = _ => "ofac-2024-05-02/sdn.csv" };
Option<string> postgres = new("--postgres") { Description = "a connection string, to an empty database; SQLite unless given" };
Option<string> folder = new("--folder") { Description = "a data folder to be kept, so that a second run need not fill the book again" };
Option<bool> unscreened = new("--unscreened") { Description = "put the subjects straight into the store, which is quicker; nobody matches before the change then" };
Option<bool> check = new("--check") { Description = "screen everybody at the end, and compare" };
RootCommand command = new("A book of made-up subjects and a day's change of a real list: how long until everybody whom it concerns is known.")
{
    data, subjects, seed, from, to, postgres, folder, unscreened, check,
};
command.SetAction(async (arguments, cancel) =>
{
    if (RealData.Find(arguments.GetValue(data)) is not { } found)
    {
        Console.WriteLine("skipped: no real data");
        return 0;
    }
    Console.WriteLine(Machine.Line());
    return await new MonitorMeasurement(found, arguments.GetValue(subjects), arguments.GetValue(seed), arguments.GetValue(from)!, arguments.GetValue(to)!, arguments.GetValue(postgres), arguments.GetValue(folder), arguments.GetValue(unscreened))
        .RunAsync(arguments.GetValue(check), cancel) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
