using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Partners;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Screening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// A real node in a process of its own, with three more endpoints that write without asking who it is, and the key of a reviewer for
// all others. Arguments: data folder, sample list, and where the database is PostgreSQL its connection string.
var actor = Actor.System("kill");
var partners = Environment.GetEnvironmentVariable("ENTENTE_KILL_PARTNERS") is { } listen ? new PartnerOptions { Listen = listen, Name = "Victim", FirstRetry = TimeSpan.FromMilliseconds(50) } : null;
var app = NodeHost.Build(new NodeOptions { DataFolder = args[0], SampleList = args[1], Postgres = args.Length > 2 ? args[2] : null, Partners = partners }, builder =>
{
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Logging.ClearProviders();
});
app.MapPost("/kill/act/{id}", async (string id, Ledger ledger) =>
{
    await ledger.ActAsync(actor, act =>
    {
        act.Db.Settings.Add(new Setting { Name = id, Value = "1", ChangedAt = act.At, ChangedBy = act.Actor.Id });
        act.Record(AuditAction.SettingChanged, $"setting:{id}", new { value = 1 });
        return Task.CompletedTask;
    });
    return Results.Ok();
}).AllowAnonymous();
app.MapPost("/kill/record/{id}", async (string id, Ledger ledger) =>
{
    await ledger.RecordAsync(actor, AuditAction.SignedIn, $"account:{id}", "{}");
    return Results.Ok();
}).AllowAnonymous();
app.MapPost("/kill/screen/{id}", async (string id, ScreeningService screening, ListsInUse lists) =>
{
    if (lists.Current is null)
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    var result = await screening.ScreenAsync(actor, [new KeyedQuery(id, new Query { Names = ImmutableArray.Create("Ahmed Fictional") })], MatchPolicy.Default, EntityFilter.All, CancellationToken.None);
    return Results.Text(result.Id);
}).AllowAnonymous();
await app.StartAsync();
var secret = KeyText.NewSecret();
var key = await app.Services.GetRequiredService<Ledger>().ActAsync(actor, async act =>
{
    if (!await act.Db.Accounts.AnyAsync(account => account.Id == "reviewer"))
        act.Db.Accounts.Add(new Account { Id = "reviewer", Login = "reviewer", DisplayName = "Reviewer", RoleNames = nameof(Role.Reviewer), SecurityStamp = "kill", CreatedAt = act.At });
    var made = new ApiKey { Id = NodeId.New(act.At), AccountId = "reviewer", Name = "kill", SecretHash = KeyText.HashOf(secret), Scopes = string.Join(',', RoleRights.Of([Role.Reviewer])), CreatedAt = act.At, ExpiresAt = act.At.AddDays(1) };
    act.Db.ApiKeys.Add(made);
    act.Record(AuditAction.KeyCreated, $"key:{made.Id}", new { });
    return made.Id;
});
app.Services.GetRequiredService<AccessDirectory>().Changed();
Console.WriteLine($"key {KeyText.Of(key, secret)}");
Console.WriteLine($"listening {app.Urls.First()}");
await app.WaitForShutdownAsync();
await app.DisposeAsync();
