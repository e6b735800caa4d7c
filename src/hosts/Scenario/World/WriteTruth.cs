using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Scenario.World.Field;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World;

/// <summary>The truth of a world as a file: who is where, which reports mean whom, and how many traps were laid.</summary>
internal static class WriteTruth
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static string Json(WorldPlan plan, WorldTruth truth, FieldWork field, double exactBaselineRecall) => new JsonObject
    {
        ["exercise"] = true,
        ["initiative"] = plan.Initiative.Name,
        ["seed"] = plan.Seed,
        ["sought"] = truth.Sought,
        ["matchable"] = truth.Matchable.Count(),
        ["exactBaselineRecall"] = exactBaselineRecall,
        ["due"] = new JsonObject
        {
            ["recovered"] = plan.Recovered, ["identified"] = plan.Identified, ["located"] = plan.Located,
            ["traffickersArrested"] = plan.Arrests, ["adultsIdentified"] = plan.Adults, ["investigationsOpened"] = plan.Investigations,
            ["operations"] = plan.Operations, ["taskForces"] = plan.TaskForces, ["agencies"] = plan.Agencies,
        },
        ["offices"] = new JsonArray([.. plan.Offices.Where(office => office.HasDues || office.Operations > 0).Select(Office)]),
        ["traps"] = new JsonObject(truth.Traps.Select(trap => KeyValuePair.Create(trap.Key, (JsonNode?)trap.Value))),
        ["children"] = new JsonArray([.. truth.Children.Select(child => Child(child, field))]),
    }.ToJsonString(Readable);

    private static JsonObject Office(OfficePlan office) => new()
    {
        ["office"] = office.Office.Code, ["recovered"] = office.Recovered, ["identified"] = office.Identified,
        ["located"] = office.Located, ["adults"] = office.Adults, ["arrests"] = office.Arrests,
        ["investigations"] = office.Investigations, ["operations"] = office.Operations,
    };

    private static JsonObject Child(TruthChild child, FieldWork field) => new()
    {
        ["key"] = child.Key,
        ["fate"] = Word(child.Fate),
        ["office"] = child.Office.Office.Code,
        ["kind"] = Word(child.Kind),
        ["nic"] = child.Nic,
        ["reports"] = new JsonArray([.. child.Evidence.Select(evidence => (JsonNode)evidence.Number)]),
        ["tellings"] = new JsonArray([.. child.Evidence.Select(evidence => (JsonNode)Word(evidence.Telling))]),
        ["matchable"] = child.IsMatchable,
        ["records"] = child.Fate == Fate.StaysMissing ? null : new JsonArray([.. field.RecordsOf(child).Select(record => (JsonNode)record)]),
    };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
