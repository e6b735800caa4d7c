using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Places;
using Homeward.Scenario.World;

namespace Homeward.World.Tests;

/// <summary>Worlds to test with.</summary>
internal static class Given
{
    /// <summary>An initiative that the product carries.</summary>
    public static byte[] Carried(string name)
    {
        using var stream = typeof(WorldSession).Assembly.GetManifestResourceStream($"Initiatives/{name}.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    public static WorldSession World(byte[] file, long seed = 1, double scale = 1)
    {
        var faults = WorldSession.Begin(file, seed, scale, Gazetteer.Default, out var session);
        faults.ShouldBeEmpty();
        return session!;
    }

    public static WorldSession IndependenceDay(long seed = 1) => World(Carried("operation-independence-day"), seed);

    /// <summary>An initiative of two weeks with these figures.</summary>
    public static byte[] Dated(string figures)
    {
        var file = JsonNode.Parse(figures)!.AsObject();
        (file["name"], file["from"], file["to"]) = ("Exercise", "2022-04-01", "2022-04-14");
        return JsonSerializer.SerializeToUtf8Bytes(file);
    }

    /// <summary>The same, with every office of these days listed, and one of everything at each.</summary>
    public static byte[] WithEveryOffice(string figures)
    {
        var file = JsonNode.Parse(Dated(figures))!.AsObject();
        file["offices"] = new JsonArray([.. Gazetteer.Default.Offices.On(new DateOnly(2022, 4, 1))
            .Select(office => new JsonObject { ["office"] = office.Name, ["children"] = 1, ["adults"] = 1, ["arrests"] = 1, ["operations"] = 1 })]);
        return JsonSerializer.SerializeToUtf8Bytes(file);
    }

    /// <summary>A small initiative by lot: few days or many, totals or kinds, offices that open and close.</summary>
    public static byte[] AnyInitiative(int lot)
    {
        var dice = Dice.Of(lot).For("initiative");
        DateOnly[] starts = [new(2019, 7, 1), new(2024, 9, 20), new(2024, 9, 28), new(2023, 3, 10), new(2024, 2, 27), new(2022, 11, 4)];
        var from = dice.Pick(starts, "from");
        var to = from.AddDays(dice.Pick([0, 1, 4, 12, 30, 44], "days"));
        string[] all = ["Memphis", "Knoxville", "Nashville", "Honolulu", "KC", "Springfield", "San Juan", "Anchorage", "Washington Field", "Boston"];
        var open = all.Where(name => Gazetteer.Default.ResolveOffice(name, from, to).IsDone).ToArray();

        var offices = new JsonArray();
        var (children, arrests, operations, pledging) = (0, 0, 0, 0);
        foreach (var office in dice.Shuffled(open, "offices", name => name).Take(dice.Below(5, "listed")))
        {
            var of = dice.For("office", office);
            var listed = new JsonObject { ["office"] = office };
            if (of.Chance(0.8, "children")) children += Put(listed, "children", of.Below(4, "children"));
            if (of.Chance(0.4, "arrests")) arrests += Put(listed, "arrests", of.Below(3, "arrests"));
            if (of.Chance(0.3, "operations"))
            {
                var own = Put(listed, "operations", of.Below(4, "operations"));
                (operations, pledging) = (operations + own, pledging + (own > 0 ? 1 : 0));
            }
            offices.Add(listed);
        }
        var file = new JsonObject { ["name"] = "Exercise", ["from"] = $"{from:yyyy-MM-dd}", ["to"] = $"{to:yyyy-MM-dd}" };
        var total = dice.Chance(0.1, "none") && children == 0 ? 0 : children + dice.Below(6, "more children");
        var recovered = dice.Below(total + 1, "recovered");
        file["children"] = dice.Pick<JsonNode>(
        [
            new JsonObject { ["total"] = total },
            new JsonObject { ["recovered"] = recovered, ["identified"] = total - recovered, ["located"] = dice.Below(3, "located") },
        ], "kinds");
        if (dice.Chance(0.7, "given arrests")) file["traffickersArrested"] = arrests + dice.Below(5, "more arrests");
        if (dice.Chance(0.7, "given operations")) file["operations"] = operations == 0 && dice.Chance(0.3, "no operations") ? 0 : operations + dice.Below(12, "more operations");
        // As few forces as can be: the reader refuses operations that nobody could run.
        var needed = pledging + (file["operations"]?.GetValue<int>() > operations ? 1 : 0);
        if (dice.Chance(0.5, "given forces")) file["taskForces"] = Math.Max(needed, 1 + dice.Below(12, "forces"));
        if (dice.Chance(0.5, "given agencies"))
            file["agencies"] = dice.Chance(0.3, "few agencies") ? 1 + dice.Below(3, "few") : new JsonObject { ["moreThan"] = dice.Below(60, "agencies") };
        if (dice.Chance(0.5, "given opened")) file["investigationsOpened"] = dice.Below(8, "opened");
        if (dice.Chance(0.5, "given adults")) file["adultsIdentified"] = dice.Below(8, "adults");
        file["offices"] = offices;
        return JsonSerializer.SerializeToUtf8Bytes(file);

        static int Put(JsonObject office, string measure, int count)
        {
            office[measure] = count;
            return count;
        }
    }
}
