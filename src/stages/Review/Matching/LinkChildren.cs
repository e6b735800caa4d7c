using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake;

namespace Homeward.Review.Matching;

/// <summary>Answers Intake whose entry an alert may be about, by the same index and the same judgement that propose matches for reports.</summary>
internal sealed class LinkChildren(MatchIndex index) : ILinkChildren
{
    public async Task<IReadOnlyList<LikeEntry>> FindAsync(HomewardDb db, ChildSaid child, CancellationToken cancel)
    {
        await index.ReadyAsync(db, cancel);
        // Each name is asked for itself: what is an alias here may be the whole name there.
        var persons = child.Names.Select((name, place) => new ReportPerson(
            place, "victim", name.Given, name.Family, [], child.Born, child.Age, child.Sex, [], [], [],
            child.City is null && child.State is null ? null : new PlaceQuery { City = child.City, State = child.State }, "")).ToList();
        var said = new ReportGist(
            default, "", 1, "alert", "", "", new DateTimeOffset(child.On, TimeOnly.MinValue, TimeSpan.Zero), null, false, null, null, null, persons, []);
        return [.. index.Find(said).Where(hit => index.Sought(hit.Entry) is not null)
            .OrderByDescending(hit => hit.Weight).ThenBy(hit => hit.Entry.Value).DistinctBy(hit => hit.Entry).Select(Told)];
    }

    private static LikeEntry Told(Hit hit)
    {
        var waterfall = Waterfall.Read(hit.Waterfall);
        return new(
            hit.Entry, hit.Weight, hit.Probability, [.. waterfall.For().Select(Bar)], [.. waterfall.Against().Select(Bar)],
            [.. waterfall.Unknown.Select(bar => bar.Sentence)]);

        static LikenessBar Bar(WaterfallBar bar) => new(bar.Field, bar.Weight, Pages.ReviewWords.Why(bar.Field, bar.Sentence));
    }
}
