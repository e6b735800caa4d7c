using System.Text.Json;

namespace Homeward.Linkage.Tests;

/// <summary>Settings files: read back as written, and every fault told at once.</summary>
public sealed class SettingsTests
{
    private static IReadOnlyList<LinkageFault> FaultsOf(string json) =>
        Should.Throw<LinkageException>(() => LinkageSettings.FromJson(json)).Faults;

    [Fact]
    public void All_faults_are_told_at_once_each_with_where_what_and_how_to_mend()
    {
        var faults = FaultsOf("""
            {
              "fields": [ { "name": "surname", "kind": "familyname" }, { "name": "born", "kind": "dat" }, { "kind": "text" } ],
              "comparisons": [
                { "field": "surnam", "levels": [ { "label": "same", "likeness": "same", "m": "high", "u": 0.1 }, { "label": "rest", "likeness": "else", "m": 2 } ] },
                { "field": "surname", "levels": [ { "label": "rest", "likeness": "else" }, { "label": "near", "likeness": "similar" } ] }
              ],
              "blocking": [ "same(surname)", "soundex(surname)", "same(town)" ],
              "priors": 0.1, "threshold": 4
            }
            """);
        faults.ShouldContain(fault => fault.Where == "fields[1].kind" && fault.Mend.Contains("date", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where == "fields[2].name");
        faults.ShouldContain(fault => fault.Where == "comparisons[0].levels[0].m"
            && fault.What.Contains("number", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where.StartsWith("comparisons[0]", StringComparison.Ordinal)
            && fault.What.Contains("no field \"surnam\"", StringComparison.Ordinal)
            && fault.Mend == "Did you mean \"surname\"?");
        faults.ShouldContain(fault => fault.Where.StartsWith("comparisons[0], surnam, levels[1]", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where.Contains("levels[0] \"rest\"", StringComparison.Ordinal)
            && fault.What.Contains("below it", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where.Contains("\"near\"", StringComparison.Ordinal)
            && fault.What.Contains("threshold", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where == "blocking[1]" && fault.What.Contains("no blocking rule", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Where == "blocking[1], same(town)" || fault.Where == "blocking[2], same(town)");
        faults.ShouldContain(fault => fault.Where == "priors" && fault.Mend == "Did you mean \"prior\"?");
        faults.ShouldContain(fault => fault.Where == "threshold");
    }

    [Fact]
    public void A_later_form_of_the_settings_is_refused_by_its_version() =>
        FaultsOf(PersonSchema.Settings.ToJson().Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal))
            .ShouldContain(fault => fault.Where == "version" && fault.Mend.Contains("newer release", StringComparison.Ordinal));

    [Fact]
    public void Comments_trailing_commas_and_an_address_of_the_schema_are_allowed() =>
        LinkageSettings.FromJson("""
            { "$schema": "linkage-settings.schema.json", // for the editor
              "fields": [ { "name": "a", "kind": "text" }, ],
              "comparisons": [ { "field": "a", "levels": [ { "label": "same", "likeness": "same" }, ] }, ],
              "blocking": [ "everything" ], }
            """).Blocking[0].Parts.ShouldBeEmpty();

    [Fact]
    public void What_was_learnt_is_read_back_as_it_was()
    {
        var settings = PersonSchema.Settings with { LearntFrom = new(1000, 12.5, 30, 17, true, "0.1.0"), ExclusiveSources = ["a.csv"], ClusterSizeMax = 40 };
        var read = LinkageSettings.FromJson(settings.ToJson());
        read.LearntFrom.ShouldBe(settings.LearntFrom);
        read.ExclusiveSources.ShouldBe(["a.csv"]);
        read.ClusterSizeMax.ShouldBe(40);
        read.ToJson().ShouldBe(settings.ToJson());
    }

    [Fact]
    public void The_schema_knows_every_key_and_word_that_is_written()
    {
        using var schema = JsonDocument.Parse(LinkageSettings.JsonSchema);
        using var settings = JsonDocument.Parse((PersonSchema.Settings with { LearntFrom = new(1, 1, 1, 1, true, "1") }).ToJson());
        Follows(settings.RootElement, schema.RootElement, "settings");
        foreach (var word in Enum.GetNames<Likeness>()) LinkageSettings.JsonSchema.ShouldContain($"\"{JsonNamingPolicy.CamelCase.ConvertName(word)}\"");
    }

    private static void Follows(JsonElement value, JsonElement schema, string where)
    {
        if (schema.TryGetProperty("enum", out var words))
            words.EnumerateArray().Select(word => word.GetString()).ShouldContain(value.GetString(), where);
        if (schema.TryGetProperty("properties", out var known) && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                known.TryGetProperty(member.Name, out var inner).ShouldBeTrue($"{where}.{member.Name}");
                Follows(member.Value, inner, $"{where}.{member.Name}");
            }
            foreach (var needed in schema.GetProperty("required").EnumerateArray())
                value.TryGetProperty(needed.GetString()!, out _).ShouldBeTrue($"{where} needs {needed}");
        }
        if (schema.TryGetProperty("items", out var items))
            foreach (var item in value.EnumerateArray()) Follows(item, items, $"{where}[]");
    }
}
