using System.Security.Claims;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary><c>/api/audit/retention</c>: the rules, and applying them now.</summary>
internal static class RetentionEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("retention", GetAsync).RequireRight(Right.ManageSettings);
        group.MapPut("retention", PutAsync).RequireRight(Right.ManageSettings);
        group.MapPost("retention", RunAsync).RequireRight(Right.ManageSettings);
    }

    private static async Task<JsonHttpResult<RetentionRules>> GetAsync(NodeStore store, CancellationToken cancel)
    {
        await using var db = store.Open();
        return AuditEndpoints.Answer(await RetentionRules.OfAsync(db, cancel).ConfigureAwait(false));
    }

    private static async Task<Results<JsonHttpResult<RetentionRules>, ProblemHttpResult>> PutAsync(HttpRequest request, ClaimsPrincipal user, Ledger ledger, CancellationToken cancel)
    {
        RetentionRules rules;
        try
        {
            using var reader = new StreamReader(request.Body);
            rules = RetentionRules.Parse(await reader.ReadToEndAsync(cancel).ConfigureAwait(false));
        }
        catch (JsonException fault)
        {
            return AuditEndpoints.Problem($"The body is not what was expected, such as {{\"screenings\":1825,\"alerts\":null}}: {fault.Message}");
        }
        if (rules.Problem is { } problem)
            return AuditEndpoints.Problem(problem);
        await ledger.ActAsync(user.ToActor(), act => SetAsync(act, rules, cancel), cancel).ConfigureAwait(false);
        return AuditEndpoints.Answer(rules);
    }

    private static async Task<JsonHttpResult<RetentionOutcome>> RunAsync(ClaimsPrincipal user, RetentionService retention, CancellationToken cancel) =>
        AuditEndpoints.Answer(await retention.RunAsync(user.ToActor(), cancel).ConfigureAwait(false));

    /// <summary>Sets the rules, within an act.</summary>
    internal static async Task SetAsync(Act act, RetentionRules rules, CancellationToken cancel)
    {
        var setting = await act.Db.Settings.SingleOrDefaultAsync(s => s.Name == RetentionRules.SettingName, cancel).ConfigureAwait(false);
        var former = setting is null ? RetentionRules.None : RetentionRules.Parse(setting.Value);
        if (setting is null)
            act.Db.Settings.Add(setting = new Setting { Name = RetentionRules.SettingName, Value = "", ChangedBy = act.Actor.Id });
        setting.Value = rules.ToJson();
        setting.ChangedAt = act.At;
        setting.ChangedBy = act.Actor.Id;
        act.Record(AuditAction.SettingChanged, $"setting:{RetentionRules.SettingName}", new { from = former, to = rules });
    }
}
