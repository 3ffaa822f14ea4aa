using System.CommandLine;
using System.Globalization;
using Entente.Bench;
using Entente.Overlap;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

Option<string> data = new("--data") { Description = "folder of the real names (else ENTENTE_TEST_DATA, else ../shared/data beside the checkout)" };
Option<int> size = new("--people") { Description = "people in each holding", DefaultValueFactory = _ => 20_000 };
Option<ulong> seed = new("--seed") { Description = "another seed makes other people", DefaultValueFactory = _ => 1 };
Option<bool> plain = new("--plain") { Description = "intersect in the clear instead of running the protocol" };
Option<string> misses = new("--misses") { Description = "write what was missed and what was wrong to this file" };
Command quality = new("quality", "Two holdings of the same made-up people in different scripts and habits: who is found.") { data, size, seed, plain, misses };
quality.SetAction(arguments =>
{
    if (RealData.Find(arguments.GetValue(data)) is not { } folder)
    {
        Console.WriteLine("skipped: no real data");
        return 0;
    }

    return QualityMeasurement.Run(Path.Combine(folder, "names"), arguments.GetValue(size), arguments.GetValue(seed), arguments.GetValue(plain), arguments.GetValue(misses)) ? 0 : 1;
});

Option<int> keys = new("--keys") { Description = "keys on each side", DefaultValueFactory = _ => 1_000_000 };
Command speed = new("speed", "A round of two processes over loopback, beside 'openssl speed ecdhp256' on the same cores.") { keys };
speed.SetAction(async (arguments, _) => await SpeedMeasurement.RunAsync(arguments.GetValue(keys)) ? 0 : 1);

Option<int> port = new("--port") { Required = true };
Command answer = new("answer", "The other side of 'speed'.") { port, keys };
answer.Hidden = true;
answer.SetAction(async (arguments, _) => await SpeedMeasurement.AnswerAsync(arguments.GetValue(port), arguments.GetValue(keys)));

RootCommand command = new("Finding an overlap without showing the rest: how fast, how well.") { quality, speed, answer };
return await command.Parse(args).InvokeAsync();
