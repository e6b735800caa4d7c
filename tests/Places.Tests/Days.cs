global using Homeward.Foundations.Places;

namespace Homeward.Places.Tests;

/// <summary>The days on which the tests look: before and after Tennessee went to Nashville.</summary>
internal static class Days
{
    public static readonly DateOnly July2019 = new(2019, 7, 1);
    public static readonly DateOnly LastOfMemphis = new(2024, 9, 30);
    public static readonly DateOnly FirstOfNashville = new(2024, 10, 1);

    public static Gazetteer Places => Gazetteer.Default;

    public static PlaceAnswer Resolve(PlaceQuery query, DateOnly? date = null) => Places.ResolvePlace(query, date ?? July2019);

    /// <summary>"MO Springfield → Kansas City": state, county and office of each candidate.</summary>
    public static IEnumerable<(string State, string Office)> Routes(this PlaceAnswer answer) =>
        answer.Candidates.Select(candidate => (candidate.State, candidate.Office.Name));
}
