using System.CommandLine;
using Entente.Bench.Partners;

var records = new Option<int>("--records") { Description = "records that go from one node to the other", DefaultValueFactory = _ => 20_000 };
var recalls = new Option<int>("--recalls") { Description = "records that are recalled, one after the other", DefaultValueFactory = _ => 200 };
var check = new Option<bool>("--check") { Description = "exit with 1 where a goal is missed: 2,000 records a second, a recall within 5 s at p99" };
var root = new RootCommand("Two nodes in two processes, over TLS on loopback, each on SQLite: how many records a second are fetched, verified, stored and answered with a receipt, and how long a recall takes to be answered.") { records, recalls, check };
root.SetAction(async (parsed, cancel) => await ExchangeRun.RunAsync(parsed.GetValue(records), parsed.GetValue(recalls), parsed.GetValue(check), cancel));
var receive = new Command("receive", "The receiving node; started by the bench itself.") { Hidden = true };
var folder = new Argument<string>("folder");
var port = new Argument<string>("port");
receive.Add(folder);
receive.Add(port);
receive.SetAction(async (parsed, cancel) => await BenchNode.ServeAsync(parsed.GetValue(folder)!, parsed.GetValue(port)!, cancel));
root.Add(receive);
return await root.Parse(args).InvokeAsync();
