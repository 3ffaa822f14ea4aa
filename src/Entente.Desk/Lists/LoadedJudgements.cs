namespace Entente.Desk.Lists;

/// <summary>The judgements in use.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its content's SHA-256 in lower-case hex, or null when it came through a pipe.</param>
/// <param name="Count">How many there are.</param>
public sealed record LoadedJudgements(string Path, string? Sha256, int Count);
