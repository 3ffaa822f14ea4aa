using Entente.Cli;

using var surroundings = Surroundings.OfThisProcess();
return EntenteCommand.Run(args, surroundings);
