using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Entente.Node.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Holdings;

/// <summary>Records on the overview: releases that wait for a second person, and holders of recalled copies that have not answered.</summary>
internal sealed class HoldingAttention(OwnIdentity own, NodeStore store, IStringLocalizer<HoldingTexts> texts) : IAttention
{
    public int Order => 6;

    public string Title => texts["Title"];

    public async Task<IReadOnlyList<AttentionItem>> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!own.IsOn || !user.May(Right.ReadRecords))
            return [];
        await using var db = store.Open();
        var proposed = await db.Releases.CountAsync(release => release.State == ReleaseState.Proposed, cancel).ConfigureAwait(false);
        var silent = await db.Copies.CountAsync(copy => copy.Told == "recalled" && copy.State == CopyState.Told, cancel).ConfigureAwait(false);
        return
        [
            new AttentionItem(proposed > 0 ? "warn" : "plain", NumberWords.Count(proposed), texts["Attention.Proposed"], "/releases"),
            new AttentionItem(silent > 0 ? "bad" : "good", NumberWords.Count(silent), texts["Attention.Silent"], "/records?state=recalled"),
        ];
    }
}
