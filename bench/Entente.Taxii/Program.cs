using System.CommandLine;
using System.Globalization;
using Entente.Bench;
using Entente.Taxii;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<int> objects = new("--objects") { Description = "objects in the collection", DefaultValueFactory = _ => 1_000_000 };
Option<int> pages = new("--pages") { Description = "pages that are read of each kind", DefaultValueFactory = _ => 300 };
Option<string> postgres = new("--postgres") { Description = "a connection string, to an empty database; SQLite unless given" };
Option<string> folder = new("--folder") { Description = "a data folder to be kept, so that a second run need not fill the collection again" };
Option<bool> check = new("--check") { Description = "exit 1 where half of the pages of 1,000 objects take 50 ms or more" };
RootCommand command = new("A collection of made-up records, read by TAXII in pages of 1,000: how long a page takes.") { objects, pages, postgres, folder, check };
command.SetAction(async (arguments, cancel) =>
{
    Console.WriteLine(Machine.Line());
    var median = await new TaxiiMeasurement(arguments.GetValue(objects), arguments.GetValue(pages), arguments.GetValue(postgres), arguments.GetValue(folder)).RunAsync(cancel);
    return arguments.GetValue(check) && median >= 50 ? 1 : 0;
});
return await command.Parse(args).InvokeAsync();
