using System.Text.Json.Nodes;

namespace Homeward.Linkage.Tests;

/// <summary>Settings that Splink saved are read, and what could not be taken is said.</summary>
public sealed class SplinkTests
{
    private static JsonObject Level(string condition, double? m = null, double? u = null, string? frequency = null)
    {
        var level = new JsonObject { ["sql_condition"] = condition, ["label_for_charts"] = condition };
        if (m is not null) level["m_probability"] = m;
        if (u is not null) level["u_probability"] = u;
        if (frequency is not null) (level["tf_adjustment_column"], level["tf_adjustment_weight"]) = (frequency, 1.0);
        return level;
    }

    private static string File(JsonArray comparisons, JsonArray? rules = null, string link = "dedupe_only") => new JsonObject
    {
        ["link_type"] = link, ["sql_dialect"] = "duckdb", ["probability_two_random_records_match"] = 0.001, ["unique_id_column_name"] = "uid",
        ["blocking_rules_to_generate_predictions"] = rules ?? new JsonArray("l.surname = r.surname"), ["comparisons"] = comparisons,
    }.ToJsonString();

    private static JsonArray One(params JsonObject[] levels) =>
        new(new JsonObject { ["output_column_name"] = "c", ["comparison_levels"] = new JsonArray([.. levels, Level("ELSE", 0.1, 0.9)]) });

    [Theory]
    [InlineData("\"surname_l\" = \"surname_r\"", "surname", Likeness.Same, 0)]
    [InlineData("\"family name_l\" = \"family name_r\"", "family name", Likeness.Same, 0)]
    [InlineData("surname_l = surname_r", "surname", Likeness.Same, 0)]
    [InlineData("LOWER(TRIM(`surname_l`)) = LOWER(TRIM(`surname_r`))", "surname", Likeness.Same, 0)]
    [InlineData("CAST(\"dob_l\" AS TEXT) = CAST(\"dob_r\" AS TEXT)", "dob", Likeness.Same, 0)]
    [InlineData("jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.88", "surname", Likeness.Similar, 0.88)]
    [InlineData("levenshtein(CAST(\"dob_l\" AS VARCHAR(10)), \"dob_r\"::text) <= 2", "dob", Likeness.Edits, 2)]
    [InlineData("damerau_levenshtein(a_l, a_r) < 2", "a", Likeness.Edits, 1)]
    [InlineData("ABS(EPOCH(try_strptime(\"dob_l\", '%Y-%m-%d')) - EPOCH(try_strptime(\"dob_r\", '%Y-%m-%d'))) <= 2629800.0", "dob", Likeness.DaysApart, 30)]
    [InlineData("abs(datediff('year', dob_l, dob_r)) <= 1", "dob", Likeness.DaysApart, 365)]
    [InlineData("abs(\"height_l\" - \"height_r\") <= 5", "height", Likeness.Apart, 5)]
    [InlineData("array_length(list_intersect(\"alias_l\", \"alias_r\")) >= 1", "alias", Likeness.Same, 0)]
    [InlineData("NULLIF(regexp_extract(\"email_l\", '^[^@]+', 0), '') = NULLIF(regexp_extract(\"email_r\", '^[^@]+', 0), '')", "email", Likeness.SameUser, 0)]
    [InlineData("substr(zip_l, 1, 3) = substr(zip_r, 1, 3)", "zip", Likeness.SamePrefix, 3)]
    [InlineData("\"first_l\" = \"last_r\" AND \"first_r\" = \"last_l\"", "first", Likeness.Swapped, 0)]
    [InlineData("(\"first_l\" = \"first_r\") AND (\"last_l\" = \"last_r\")", "first", Likeness.WithTheSame, 0)]
    public void Conditions_of_splink_become_likenesses(string condition, string field, Likeness likeness, double threshold)
    {
        var settings = SplinkSettings.Read(File(One(Level(condition, 0.9, 0.1)))).Settings;
        settings.Comparisons[0].Field.ShouldBe(field);
        (settings.Comparisons[0].Levels[0].Likeness, settings.Comparisons[0].Levels[0].Threshold).ShouldBe((likeness, threshold));
        settings.Trained.ShouldBeTrue();
        settings.Prior.ShouldBe(0.001);
    }

    [Fact]
    public void A_level_without_a_counterpart_is_named_and_its_probabilities_go_to_the_level_below()
    {
        var read = SplinkSettings.Read(File(One(
            Level("\"place_l\" = \"place_r\"", 0.5, 0.01), Level("jaccard(\"place_l\", \"place_r\") >= 0.8", 0.2, 0.03),
                Level("levenshtein(place_l, place_r) <= 1", 0.2, 0.06))));
        var levels = read.Settings.Comparisons[0].Levels;
        levels.Select(level => level.Likeness).ShouldBe([Likeness.Same, Likeness.Edits, Likeness.Else]);
        levels[1].M.ShouldBe(0.4, 1e-9);
        levels[1].U.ShouldBe(0.09, 1e-9);
        levels.Sum(level => level.M).ShouldBe(1, 1e-9);
        read.NotTaken.ShouldContain(fault => fault.Where == "comparisons[0].comparison_levels[1]"
            && fault.What.Contains("jaccard", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("l.\"first_name\" = r.\"first_name\"", "same(first_name)")]
    [InlineData("(SUBSTR(l.first_name, 1, 3) = SUBSTR(r.first_name, 1, 3)) AND (SUBSTR(l.dob, 1, 4) = SUBSTR(r.dob, 1, 4))", "prefix(first_name) + year(dob)")]
    [InlineData("l.first_name = r.surname", "same(first_name|surname)")]
    [InlineData("soundex(l.surname) = soundex(r.surname) and l.zip = r.zip", "sound(surname) + same(zip)")]
    [InlineData("l.surname = r.surname and levenshtein(l.dob, r.dob) < 3", "same(surname)")]
    public void Blocking_rules_become_keys_in_both_forms_of_the_file(string rule, string expected)
    {
        foreach (var form in (JsonNode[])[rule, new JsonObject { ["blocking_rule"] = rule, ["sql_dialect"] = "duckdb" }])
            SplinkSettings.Read(File(One(Level("a_l = a_r", 0.9, 0.1)), new JsonArray(form.DeepClone())))
                .Settings.Blocking.Single().ToString().ShouldBe(expected);
    }

    [Fact]
    public void What_differs_in_a_rule_is_said()
    {
        var read = SplinkSettings.Read(File(One(Level("a_l = a_r", 0.9, 0.1)),
            new JsonArray("l.a = r.a and l.b < r.b", "l.a = r.a or l.b = r.b", "substr(l.a, 1, 2) = substr(r.a, 1, 2)")));
        read.NotTaken.Select(fault => fault.Where).ShouldBe([
            "blocking_rules_to_generate_predictions[0]", "blocking_rules_to_generate_predictions[1]",
                "blocking_rules_to_generate_predictions[1]", "blocking_rules_to_generate_predictions[2]"]);
    }

    [Fact]
    public void Without_all_probabilities_the_file_is_a_start_for_training_and_links_as_well_as_it_should()
    {
        JsonArray Names(string column) => One(Level($"{column}_l = {column}_r", frequency: column),
            Level($"jaro_winkler_similarity({column}_l, {column}_r) >= 0.85"));
        var comparisons = new JsonArray([.. ((string[])["first_name", "surname", "city", "email"])
            .Select(column => Names(column)[0]!.DeepClone()),
            One(Level("dob_l = dob_r"), Level("damerau_levenshtein(dob_l, dob_r) <= 1"))[0]!.DeepClone()]);
        var read = SplinkSettings.Read(File(comparisons, new JsonArray("l.surname = r.surname",
            "l.first_name = r.first_name", "l.dob = r.dob", "l.email = r.email")));
        read.Settings.Trained.ShouldBeFalse();
        var summary = LinkJob.Run(new()
        {
            Files = [Path.Combine(AppContext.BaseDirectory, "Data", "fake_1000.csv")], Truth = "cluster",
                Settings = read.Settings with { Threshold = 0.5 },
        });
        summary.PairQuality!.F1.ShouldBeGreaterThan(0.85);
        summary.Settings.LearntFrom.ShouldNotBeNull();
    }

    [Fact]
    public void Splink_files_are_recognised_and_others_are_not()
    {
        SplinkSettings.Recognise(File(One(Level("a_l = a_r")))).ShouldBeTrue();
        SplinkSettings.Recognise(PersonSchema.Settings.ToJson()).ShouldBeFalse();
        SplinkSettings.Recognise("{").ShouldBeFalse();
        Should.Throw<LinkageException>(() => SplinkSettings.Read("""{"link_type":"link_only"}""")).Faults.Single().Where.ShouldBe("comparisons");
    }
}
