using Entente.Cli;
using Entente.Names;

// The tables of names are read while the command line and the list are.
_ = NameTables.PreloadAsync();

using var surroundings = Surroundings.OfThisProcess();
return EntenteCommand.Run(args, surroundings);
