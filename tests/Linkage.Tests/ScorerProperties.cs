using CsCheck;

namespace Homeward.Linkage.Tests;

/// <summary>What holds for every two records of people, however odd.</summary>
public sealed class ScorerProperties
{
    private static readonly Gen<string?> Name = OneOf<string?>(
        null, "Ana", "ANA", "Anna", "Elizabeth", "Liz", "Solberg", "Solberg-Ruiz", "Ruiz", "Smith", "A", "Unknown", "José", "de la Cruz", "Mia",
        // So far apart by letters that only the word which they share tells.
        "Fjordbanks-Glyphwex-Quimtz", "Quimtz");
    private static readonly Gen<string?> Date = OneOf<string?>(
        null, "2003-04-03", "2003-03-04", "2003", "2003-04", "2002-12-31", "2003-02-31", "2002-07-02..2003-07-01", "2010-01-01", "08/06/2004");
    private static readonly Gen<string[]> Phones = OneOf("316-555-0143", "1 (316) 555-0143", "3165550144", "5550199").Array[0, 3];
    private static readonly Gen<string?> Place = OneOf<string?>(
        null, "Wichita, KS", "Wichita, KS @37.69,-97.34", "Derby, KS @37.55,-97.27", "Derby, CT @41.32,-73.09", "KS");

    private static readonly Gen<LinkRecord> Record = Gen.Select(Name, Name, Name, Date, Phones, Place).Select((given, family, alias, born, phones, place) =>
        new LinkRecord("r").With(PersonSchema.GivenName, given).With(PersonSchema.FamilyName, family)
            .With(PersonSchema.Alias, alias is null ? null : $"{alias} {family}").With(PersonSchema.Alias, alias)
            .With(PersonSchema.Born, born).With(PersonSchema.Phone, phones).With(PersonSchema.Place, place));

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static readonly Scorer Scorer = new(PersonSchema.Settings);

    [Fact]
    public void Left_and_right_may_change_places() => Gen.Select(Record, Record).Sample((left, right) =>
    {
        var one = Scorer.Explain(left, right);
        var other = Scorer.Explain(right, left);
        one.Weight.ShouldBe(other.Weight);
        one.Waterfall.Select(bar => (bar.Field, bar.Level, bar.Weight)).ShouldBe(other.Waterfall.Select(bar => (bar.Field, bar.Level, bar.Weight)));
    });

    [Fact]
    public void The_waterfall_adds_up_and_the_unknown_weighs_nothing() => Gen.Select(Record, Record).Sample((left, right) =>
    {
        var why = Scorer.Explain(left, right);
        why.Weight.ShouldBe(why.PriorWeight + why.Waterfall.Sum(bar => bar.Weight), 1e-9);
        why.Weight.ShouldBe(Scorer.Weight(left, right));
        why.Probability.ShouldBeInRange(0, 1);
        why.Unknown.ShouldAllBe(bar => bar.Weight == 0);
        why.Waterfall.Select(bar => bar.Field).Intersect(why.Unknown.Select(bar => bar.Field)).ShouldBeEmpty();
    });

    [Fact]
    public void A_candidate_of_the_index_scores_as_the_two_records_do() => Gen.Select(Record, Record).Sample((left, right) =>
    {
        var index = OnlineIndex.Build(PersonSchema.Settings, [right]);
        foreach (var candidate in index.Query(left with { Id = "probe" }).Candidates)
        {
            candidate.Weight.ShouldBe(Scorer.Weight(left, right));
            candidate.Explanation.Weight.ShouldBe(candidate.Weight);
        }
    });

    /// <summary>With the rows' signs and without them.</summary>
    [Theory, InlineData(true, 1000), InlineData(false, 1000), InlineData(true, 0), InlineData(false, 0)]
    public void A_query_leaves_out_nobody_who_weighs_what_is_asked_for(bool withAliases, int signedMax)
    {
        // An alias may name the other whatever else differs: beside one, hardly anybody can be left out.
        var person = withAliases ? Record : Gen.Select(Name, Name, Date, Phones, Place).Select((given, family, born, phones, place) =>
            new LinkRecord("r").With(PersonSchema.GivenName, given).With(PersonSchema.FamilyName, family)
                .With(PersonSchema.Born, born).With(PersonSchema.Phone, phones).With(PersonSchema.Place, place));
        Gen.Select(person, person.Array[40, 80], Gen.Double[-20, 10]).Sample((probe, others, weightMin) =>
        {
            var index = OnlineIndex.Build(PersonSchema.Settings, (LinkRecord[])[.. others.Select((other, number) => other with { Id = $"{number}" })], signedMax);
            var everybody = index.Query(probe with { Id = "probe" }, new() { Top = others.Length });
            var found = index.Query(probe with { Id = "probe" }, new() { Top = others.Length, WeightMin = weightMin });
            found.Compared.ShouldBe(everybody.Compared);
            found.Candidates.Select(one => (one.Id, one.Weight)).ShouldBe(everybody.Candidates.Where(one => one.Weight >= weightMin).Select(one => (one.Id, one.Weight)));
        });
    }

    [Fact]
    public void Settings_survive_json()
    {
        var text = PersonSchema.Settings.ToJson();
        LinkageSettings.FromJson(text).ToJson().ShouldBe(text);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{"fields":[],"comparisons":[],"blocking":["same(x)"]}""", "no field \"x\"")]
    [InlineData("""{"fields":[],"comparisons":[],"blocking":["x"]}""", "no blocking rule")]
    [InlineData("""{"fields":[],"comparisons":[],"blocking":[],"colour":1}""", "colour")]
    [InlineData("""{"fields":[{"name":"a","kind":"text"}],"comparisons":[{"field":"a","levels":[{"label":"x","likeness":"same","m":2,"u":0}]}],"blocking":["same(a)"]}""", "m and u")]
    public void Faulty_settings_are_refused_in_words(string json, string says) =>
        Should.Throw<LinkageException>(() => LinkageSettings.FromJson(json)).Message.ShouldContain(says, Case.Insensitive);
}
