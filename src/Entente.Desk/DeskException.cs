namespace Entente.Desk;

/// <summary>Work that could not be done. The message is for a person: what, where (file, line), what to do.</summary>
/// <param name="message">One or more sentences.</param>
public sealed class DeskException(string message) : Exception(message);
