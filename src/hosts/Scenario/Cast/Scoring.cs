using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Outcomes;
using Homeward.Release;
using Homeward.Review;
using Homeward.Scenario.Outside;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>Gathers what the house decided, for the outside to compare with the truth; the duties are the house's own figure.</summary>
internal sealed class Scoring(Stagehand stage, Company company)
{
    public async Task<JsonObject?> ScoreAsync(IOutside outside, TallyInitiative.Page counted, CancellationToken cancel)
    {
        var exported = await stage.DoAsync<ExportDecisions.Request, ExportDecisions.Page>(company.National, new(), cancel);
        var decisions = exported.TryGet(out var page, out _) ? page : new ExportDecisions.Page([], [], []);
        var house = new JsonObject
        {
            ["proposals"] = new JsonArray([.. decisions.Proposals.Select(one => (JsonNode?)new JsonObject
            {
                ["report"] = one.Report, ["ranked"] = new JsonArray([.. one.Nics.Select(nic => (JsonNode?)nic)]),
            })]),
            ["confirmed"] = Pairs(decisions.Confirmed),
            ["dismissed"] = Pairs(decisions.Dismissed),
            ["counted"] = new JsonArray([.. (await CountedAsync(counted, cancel)).Select(records => (JsonNode?)new JsonObject
            {
                ["records"] = new JsonArray([.. records.Select(record => (JsonNode?)record)]),
            })]),
        };
        if (await outside.ScoreAsync(house, cancel) is not { } score) return null;
        var duties = await stage.ReadAsync((db, _) => DutyTotals.OfAsync(db.Set<Duty>().AsNoTracking(), stage.Now, cancel));
        score["duties"] = JsonSerializer.SerializeToNode(
            new { duties.Due, duties.MetInTime, duties.MetLate, duties.Open, duties.WithoutEvidence, duties.SelfAttested, duties.Waived }, JsonSerializerOptions.Web);
        return score;
    }

    private static JsonArray Pairs(IReadOnlyList<ExportDecisions.Pair> pairs) =>
        new([.. pairs.Select(pair => (JsonNode?)new JsonObject { ["report"] = pair.Report, ["nic"] = pair.Nic })]);

    /// <summary>The office records joined in each counted child: what "counted twice" is judged by.</summary>
    private Task<List<List<string>>> CountedAsync(TallyInitiative.Page counted, CancellationToken cancel) => stage.ReadAsync(async (db, services) =>
    {
        var facts = await services.GetRequiredService<IOutcomes>().FactsAsync(db, counted.Id, stage.Now, cancel);
        var persons = await IdentityLedger.AsOfAsync(db, stage.Now, cancel);
        return facts.Children.Where(fact => fact.Exploitation != Exploitation.Labor)
            .GroupBy(fact => persons.PersonOf(fact.Person)).OrderBy(group => group.Key.Value)
            .Select(group => group.Select(fact => fact.Base.Record).Order(StringComparer.Ordinal).ToList()).ToList();
    });
}
