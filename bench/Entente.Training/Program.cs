// Trains the small tables that Entente.Names ships with:
//   dotnet run -c Release --project bench/Entente.Training -- DATA-FOLDER
// or measures what the likeness of two words says by the tables it ships with:
//   dotnet run -c Release --project bench/Entente.Training -- calibrate DATA-FOLDER
// DATA-FOLDER holds names/*.csv; the default is ../shared/data beside the checkout.
using System.Globalization;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Training;

string root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "Entente.slnx")))
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run this inside the checkout.");
bool calibrate = args is ["calibrate", ..];
string data = args.Skip(calibrate ? 1 : 0).FirstOrDefault() ?? Path.Combine(root, "..", "shared", "data");
if (!Directory.Exists(Path.Combine(data, "names")))
{
    Console.Error.WriteLine($"No folder 'names' in {data}: say where the token files are.");
    return 1;
}

List<List<TokenPair>> files = [.. TokenPairs.Files.Select(f => TokenPairs.Read(Path.Combine(data, "names", f)))];
if (calibrate)
{
    Calibration.Print(files, SoundModel.Default, Console.Out);
    return 0;
}

var trainer = new SoundTrainer();
foreach (List<TokenPair> file in files)
{
    foreach (TokenPair pair in file)
        trainer.Add(pair.Latin, pair.Other, 1 + Math.Log2(pair.Count));
    foreach ((string x, string y, double weight) in SpellingFamilies.Pairs(file))
        trainer.Add(x, y, weight);
}

foreach ((int a, int b) in new[] { (0, 1), (0, 2), (1, 2) })
{
    foreach ((string x, string y, double weight) in SpellingFamilies.Across(files[a], files[b]))
        trainer.Add(x, y, weight);
}

foreach ((string x, string y) in LexiconSpellings.Pairs(Path.Combine(root, "src", "Entente.Names", "Lexicon", "given-names.txt")))
    trainer.Add(x, y, 2);

Console.WriteLine($"{trainer.Count:N0} pairs");
SoundModel model = trainer.Train(rounds: 6, Console.Out);

string names = Path.Combine(root, "src", "Entente.Names");
using (var writer = new StreamWriter(Path.Combine(names, "Sound", "sound-weights.txt")) { NewLine = "\n" })
{
    writer.WriteLine("# Learned by bench/Entente.Training from pairs of spellings of one name (Wikidata, CC0). Do not edit.");
    writer.WriteLine("# unit<TAB>unit<TAB>bits; a gap facing a script is unit<TAB>-Script<TAB>bits, the average facing it unit<TAB>=Script<TAB>bits");
    for (int a = 1; a < SoundAlphabet.Count; a++)
    {
        for (int b = a; b < SoundAlphabet.Count; b++)
        {
            float weight = model.Pairs[a * SoundModel.Stride + b];
            if (weight > SoundModel.UnseenPair)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{SoundAlphabet.Units[a]}\t{SoundAlphabet.Units[b]}\t{weight:0.##}"));
        }

        foreach (Script s in new[] { Script.Latin, Script.Arabic, Script.Cyrillic, Script.Hebrew })
        {
            float weight = model.Gaps[a * SoundModel.GapStride + (int)s];
            if (weight > SoundModel.UnseenGap)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{SoundAlphabet.Units[a]}\t-{s}\t{weight:0.##}"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{SoundAlphabet.Units[a]}\t={s}\t{model.Expected[a * SoundModel.GapStride + (int)s]:0.##}"));
        }
    }
}

var rarity = new RarityTrainer(model);
foreach (List<TokenPair> file in files)
    rarity.AddCounts(file);
rarity.AddPopular(Path.Combine(data, "names", "common-forenames-by-country.csv"), "Index", 1.0 / 400);
rarity.AddPopular(Path.Combine(data, "names", "common-surnames-by-country.csv"), "Rank", 1.0 / 600);
Directory.CreateDirectory(Path.Combine(names, "Rarity"));
using (var writer = new StreamWriter(Path.Combine(names, "Rarity", "rarity.txt")) { NewLine = "\n" })
{
    writer.WriteLine("# How rare a name is, in bits (log2 of one in so many name parts), commonest first.");
    writer.WriteLine("# name TAB bits TAB consonant skeleton");
    writer.WriteLine("# Learned by bench/Entente.Training from Wikidata people (CC0) and official lists of popular names. Do not edit.");
    foreach ((string head, double bits) in rarity.Families(leastShare: 1.0 / 16_000))
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{head}\t{bits:0.#}\t{Skeleton.Main(SpokenWord.Of(head, model)):x}"));
}

using (var writer = new StreamWriter(Path.Combine(names, "Lexicon", "name-variants.txt")) { NewLine = "\n" })
{
    writer.WriteLine("# Families of spellings of one name, an Arabic or Cyrillic spelling first.");
    writer.WriteLine("# Learned by bench/Entente.Training from Wikidata people (CC0). Do not edit.");
    double Likeness(string x, string y) => SoundComparison.Likeness(SpokenWord.Of(x, model), SpokenWord.Of(y, model), model);

    foreach (string family in VariantTrainer.Families(files[0], leastCount: 2, Likeness).Concat(VariantTrainer.Families(files[1], leastCount: 4, Likeness)))
        writer.WriteLine(family);
}

return 0;
