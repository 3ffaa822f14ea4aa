using System.Collections.Frozen;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Settings;

/// <summary>Reads settings from memory, and changes them with a record of who did.</summary>
/// <remarks>What another process on the same database changes is seen within seconds.</remarks>
internal sealed class SettingsService : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<string, SettingDefinition> _known;
    private readonly NodeStore _store;
    private readonly Ledger _ledger;
    private readonly TimeProvider _clock;
    private readonly ILogger<SettingsService> _log;
    private volatile FrozenDictionary<string, object?>? _values;

    public SettingsService(IEnumerable<SettingDefinition> known, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<SettingsService> log)
    {
        _known = known.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);
        _store = store;
        _ledger = ledger;
        _clock = clock;
        _log = log;
    }

    /// <summary>Told after settings were changed here or elsewhere.</summary>
    public event Action? Changed;

    /// <summary>What a setting is at present.</summary>
    /// <param name="definition">The setting.</param>
    public T Get<T>(SettingDefinition<T> definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var values = _values;
        if (values is null)
        {
            using var db = _store.Open();
            _values = values = Read(db.Settings.AsNoTracking().ToList());
        }
        return values.TryGetValue(definition.Name, out var value) ? (T)value! : definition.Fallback;
    }

    /// <summary>All settings, by name.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<SettingView>> AllAsync(CancellationToken cancel)
    {
        await using var db = _store.Open();
        var stored = await db.Settings.AsNoTracking().ToDictionaryAsync(setting => setting.Name, cancel).ConfigureAwait(false);
        return [.. _known.Values.OrderBy(definition => definition.Name, StringComparer.Ordinal).Select(definition => View(definition, stored.GetValueOrDefault(definition.Name)))];
    }

    /// <summary>Changes a setting.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value; null for what it is by default.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SettingException">There is no such setting, or it cannot have that value.</exception>
    public async Task<SettingView> SetAsync(Actor actor, string name, JsonElement? value, CancellationToken cancel)
    {
        if (!_known.TryGetValue(name, out var definition))
            throw new SettingException($"There is no setting '{name}'. There are: {string.Join(", ", _known.Keys.Order(StringComparer.Ordinal))}.");
        // As it is understood, not as it was typed.
        var json = value is { } given ? JsonSerializer.Serialize(definition.Read(given), NodeJson.Options) : null;
        var stored = await _ledger.ActAsync(actor, async act =>
        {
            var known = await act.Db.Settings.SingleOrDefaultAsync(setting => setting.Name == name, cancel).ConfigureAwait(false);
            var former = known?.Value ?? definition.DefaultJson;
            if (former == (json ?? definition.DefaultJson))
                return known;
            act.RecordJson(AuditAction.SettingChanged, $"setting:{name}", $$"""{"from":{{former}},"to":{{json ?? definition.DefaultJson}}}""");
            if (json is null)
            {
                act.Db.Settings.Remove(known!);
                return null;
            }
            if (known is null)
                act.Db.Settings.Add(known = new Setting { Name = name, Value = json, ChangedBy = actor.Id });
            known.Value = json;
            known.ChangedAt = act.At;
            known.ChangedBy = actor.Id;
            return known;
        }, cancel).ConfigureAwait(false);
        await RefreshAsync(cancel).ConfigureAwait(false);
        return View(definition, stored);
    }

    /// <summary>Reads the settings anew.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await using var db = _store.Open();
        var former = _values;
        var values = Read(await db.Settings.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false));
        _values = values;
        if (former is not null && !(former.Count == values.Count && former.All(pair => values.TryGetValue(pair.Key, out var value) && JsonSerializer.Serialize(value, NodeJson.Options) == JsonSerializer.Serialize(pair.Value, NodeJson.Options))))
            Changed?.Invoke();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever the database has, the settings known so far stay in force.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _log.LogWarning("The settings could not be read again; those known stay in force: {Problem}", fault.Message);
            }
        }
    }

    private FrozenDictionary<string, object?> Read(IEnumerable<Setting> stored)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var setting in stored)
        {
            if (!_known.TryGetValue(setting.Name, out var definition))
                continue;
            try
            {
                using var json = JsonDocument.Parse(setting.Value);
                values[setting.Name] = definition.Read(json.RootElement);
            }
            catch (Exception fault) when (fault is SettingException or JsonException)
            {
                // Such as one that an older version allowed: what it is by default is safe.
                _log.LogError("A stored setting is not used: {Problem}", fault.Message);
            }
        }
        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static SettingView View(SettingDefinition definition, Setting? stored) => new(
        definition.Name, definition.Description, Parse(stored?.Value ?? definition.DefaultJson), Parse(definition.DefaultJson), stored?.ChangedAt, stored?.ChangedBy);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>A setting as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in English.</param>
/// <param name="Value">What it is.</param>
/// <param name="Default">What it is unless changed.</param>
/// <param name="ChangedAt">When it was changed; null where it never was.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record SettingView(string Name, string Description, JsonElement Value, JsonElement Default, DateTimeOffset? ChangedAt, string? ChangedBy);
