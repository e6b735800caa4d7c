using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Duties;
using Homeward.Release;
using Homeward.Release.Counting;
using Homeward.Review;
using Homeward.Scenario.Outside;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Scenario.Cast;

/// <summary>Gathers what the house decided, for the outside to compare with the truth; the duties are the house's own figure.</summary>
internal sealed class Scoring(Stagehand stage, Company company)
{
    public async Task<JsonObject?> ScoreAsync(IOutside outside, CancellationToken cancel)
    {
        var decisions = await DecisionsAsync(cancel);
        var house = new JsonObject
        {
            ["proposals"] = new JsonArray([.. decisions.Proposals.Select(one => (JsonNode?)new JsonObject
            {
                ["report"] = one.Report, ["ranked"] = new JsonArray([.. one.Nics.Select(nic => (JsonNode?)nic)]),
            })]),
            ["queue"] = JsonSerializer.SerializeToNode(decisions.Queue, JsonSerializerOptions.Web),
            ["confirmed"] = Pairs(decisions.Confirmed),
            ["dismissed"] = Pairs(decisions.Dismissed),
            ["counted"] = new JsonArray([.. (await CountedAsync(cancel)).Select(records => (JsonNode?)new JsonObject
            {
                ["records"] = new JsonArray([.. records.Select(record => (JsonNode?)record)]),
            })]),
        };
        if (await outside.ScoreAsync(house, cancel) is not { } score) return null;
        var duties = await stage.ReadAsync((db, _) => DutyTotals.OfAsync(db.Set<Duty>().AsNoTracking(), cancel));
        score["duties"] = JsonSerializer.SerializeToNode(
            new { duties.Due, duties.MetInTime, duties.MetLate, duties.Open, duties.WithoutEvidence, duties.SelfAttested, duties.Waived }, JsonSerializerOptions.Web);
        return score;
    }

    private async Task<ExportDecisions.Page> DecisionsAsync(CancellationToken cancel)
    {
        var all = new ExportDecisions.Page([], [], [], []);
        string? after = null;
        do
        {
            var exported = await stage.DoAsync<ExportDecisions.Request, ExportDecisions.Page>(company.National, new(after), cancel);
            if (!exported.TryGet(out var page, out _)) return all;
            all = new([.. all.Proposals, .. page.Proposals], [.. all.Confirmed, .. page.Confirmed], [.. all.Dismissed, .. page.Dismissed], [.. all.Queue, .. page.Queue]);
            after = page.After;
        }
        while (after is not null);
        return all;
    }

    private static JsonArray Pairs(IReadOnlyList<ExportDecisions.Pair> pairs) =>
        new([.. pairs.Select(pair => (JsonNode?)new JsonObject { ["report"] = pair.Report, ["nic"] = pair.Nic })]);

    /// <summary>The office records joined in each counted child, as the figure itself opens to them: what "counted twice" is judged by.</summary>
    private async Task<List<IReadOnlyList<string>>> CountedAsync(CancellationToken cancel)
    {
        var counted = new List<IReadOnlyList<string>>();
        foreach (var measure in new[] { Measures.Total, Measures.Located })
        {
            var opened = await stage.DoAsync<OpenFigure.Request, OpenFigure.Page>(company.National, new(measure), cancel);
            if (opened.TryGet(out var figure, out _)) counted.AddRange(figure.Items.Select(item => item.Records));
        }
        return counted;
    }
}
