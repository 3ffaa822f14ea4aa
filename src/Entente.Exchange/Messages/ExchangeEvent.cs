using System.Text.Json.Serialization;

namespace Entente.Exchange.Messages;

/// <summary>What happened to a record that a partner has or is to have.</summary>
[JsonConverter(typeof(ExchangeEventKindConverter))]
public enum ExchangeEventKind
{
    /// <summary>Not said: no such event is read.</summary>
    None = 0,

    /// <summary>It was released. The payload is a <see cref="Release.SignedRecord"/>.</summary>
    Released,

    /// <summary>A new version was released. The payload is a <see cref="Release.SignedRecord"/>.</summary>
    Amended,

    /// <summary>Its marking was tightened. The payload is a <see cref="TightenNotice"/>.</summary>
    Tightened,

    /// <summary>It was recalled. The payload is a <see cref="RecallNotice"/>.</summary>
    Recalled,
}

/// <summary>One thing that a node tells a partner.</summary>
/// <param name="Sequence">Its number among what this node tells this partner: from 1, without gaps. A number shared by all partners would tell each how much the others get.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Record">The id of the record.</param>
/// <param name="Version">The version it is about.</param>
/// <param name="Payload">The signed text. Kind, record and version repeat what it says; it is what counts.</param>
public sealed record ExchangeEvent(long Sequence, ExchangeEventKind Kind, string Record, int Version, string Payload);

/// <summary>A kind as its name in lower case.</summary>
internal sealed class ExchangeEventKindConverter() : LowerCaseConverter<ExchangeEventKind>(ExchangeEventKind.None);
