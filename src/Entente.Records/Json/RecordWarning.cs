namespace Entente.Records.Json;

/// <summary>Something in a record that was left out knowingly, while the rest was read.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="EntityId">The record's id.</param>
/// <param name="Message">What was left out and why, one sentence.</param>
public sealed record RecordWarning(int Line, string EntityId, string Message);
