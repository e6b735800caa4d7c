namespace Homeward.Scenario.World.Truth;

/// <summary>The reports that speak of one child: when they arrive and how badly they tell it.</summary>
internal static class BuildEvidence
{
    /// <summary>Reports of one child at most; their numbers lie side by side in an index of eight.</summary>
    private const int ReportsMax = 4;

    private static readonly Telling[] Hard =
        [Telling.Nickname, Telling.Misspelt, Telling.NamesSwapped, Telling.DateSwapped, Telling.AgeOnly, Telling.Alias, Telling.IdentifierOnly];
    private static readonly Clue[] OneClue = [Clue.Phone, Clue.Email, Clue.ScreenName];

    /// <param name="exact">One of them has name and birth date as in the entry; else none has.</param>
    public static IEnumerable<Evidence> For(TruthChild child, int index, bool exact, Dice world)
    {
        var count = 1 + (int)(ReportsMax * Math.Pow(child.Dice.Unit("reports"), 2));
        for (var n = 0; n < count; n++)
        {
            var dice = child.Dice.For("report", n);
            var telling = exact && n == 0 ? Telling.Exact
                : exact && dice.Chance(0.4, "exact again") ? Telling.Exact : dice.Pick(Hard, "telling");
            // What tells no birth date must share something else, or no one could see who is meant.
            var needs = telling is Telling.Alias or Telling.IdentifierOnly or Telling.AgeOnly;
            var clue = needs || dice.Chance(0.25, "clue too") ? dice.Pick(OneClue, "clue") : Clue.None;
            // The first report comes early enough for people to act on it; later ones join it.
            var share = n == 0 ? dice.Within(0.02, 0.5, "arrives") : dice.Within(0.1, 0.75, "arrives");
            if (child.MustBeFoundEarly) share *= 0.5;
            yield return new(Numbers.Report(world, (index * 8L) + n), child.Office.Window.At(share), telling, clue, PlaceOf(child, dice, n), dice);
        }
    }

    private static PlaceTelling PlaceOf(TruthChild child, Dice dice, int n) => dice.Unit("place") switch
    {
        // A city that stands in several states says little alone: never in the report that comes first.
        > 0.92 when n > 0 => PlaceTelling.CityAlone,
        > 0.78 when child.Scene.CityIsPlain => PlaceTelling.CityAndState,
        _ => PlaceTelling.ZipAndCity,
    };
}
