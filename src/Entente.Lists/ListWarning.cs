namespace Entente.Lists;

/// <summary>Something in a list that did not read as meant; the rest of the record was read.</summary>
/// <param name="Line">The line where the record or value starts, from 1.</param>
/// <param name="Reference">The publisher's reference or the entity id; empty when it concerns the whole list.</param>
/// <param name="Message">What was found and what became of it, one sentence.</param>
public sealed record ListWarning(int Line, string Reference, string Message);
