using System.Text.Json;
using System.Text.Json.Nodes;

namespace Homeward.Linkage;

/// <summary>The JSON schema of a settings file, made from the types, so that it cannot fall behind them.</summary>
internal static class SettingsSchema
{
    public static string Text { get; } = Build().ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static JsonObject Build() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Homeward.Linkage settings",
        ["description"] = "Fields, comparisons, blocking rules and parameters of a record linkage.",
        ["type"] = "object",
        ["required"] = new JsonArray("fields", "comparisons", "blocking"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["$schema"] = Word("The address of this schema."),
            ["version"] = new JsonObject { ["const"] = LinkageSettings.VersionMax, ["description"] = "The version of the form." },
            ["fields"] = List("The columns that are read.", Object(
                ("name", Word("The column's header."), true),
                ("kind", Words<FieldKind>("What the values are, and so how they are read and folded."), true),
                ("isSet", Truth("Several values in one record; the best pair counts."), false),
                ("dateOrder", Words<DateOrder>("The order of a date's parts where it is not ISO."), false),
                ("frequency", Words<FrequencySource>("Where the share of a value is taken from."), false))),
            ["comparisons"] = List("How fields are compared: the first level that holds is taken; unknown on either side weighs nothing.", Object(
                ("field", Word("A field's name."), true),
                ("levels", List("From the most alike to the least.", Object(
                    ("label", Word("In words, as the person who decides reads it."), true),
                    ("likeness", Words<Likeness>("What must hold."), true),
                    ("threshold", Number("Jaro–Winkler 0 to 1, edits, days, kilometres or units, by the likeness."), false),
                    ("m", Number("The probability of the level for two records of one person, above 0."), false),
                    ("u", Number("The probability of the level for records of two persons, above 0."), false),
                    ("byFrequency", Truth("A rare value weighs more than a common one."), false),
                    ("isSilent", Truth("The level holds but weighs nothing, because another comparison says the same."), false))), true),
                ("with", List("Other fields that some levels look at.", Word("A field's name.")), false))),
            ["blocking"] = List("Only pairs that share a key of one rule are compared.", new JsonObject
            {
                ["type"] = "string",
                ["description"] = "everything, or parts joined by +, each FORM(FIELD) or FORM(FIELD|FIELD); the forms are "
                    + string.Join(", ", JsonWalk.Words<KeyForm>()) + ".",
                ["examples"] = new JsonArray("sound(surname|given name) + year(born)", "same(phone)"),
            }),
            ["prior"] = Number("The probability that two records taken at random are of one person."),
            ["threshold"] = Number("A pair at least this probable joins a cluster."),
            ["trained"] = Truth("m, u and prior are as wished; nothing is learnt."),
            ["exclusiveSources"] = List("Files that hold each person once at most.", Word("A file's name.")),
            ["clusterSizeMax"] = new JsonObject { ["type"] = "integer", ["minimum"] = 2, ["description"] = "Records of one cluster at most; larger ones are set aside." },
            ["learntFrom"] = Object(
                ("records", Number("Records that the training saw."), false),
                ("matches", Number("Matching pairs that it expected."), false),
                ("labelled", Number("Pairs that people had labelled."), false),
                ("rounds", Number("Rounds of EM."), false),
                ("converged", Truth("Nothing moved any more at the end."), false),
                ("library", Word("The library's version."), false)),
        },
    };

    private static JsonObject Of(string type, string says) => new() { ["type"] = type, ["description"] = says };
    private static JsonObject Word(string says) => Of("string", says);
    private static JsonObject Number(string says) => Of("number", says);
    private static JsonObject Truth(string says) => Of("boolean", says);

    private static JsonObject List(string says, JsonObject items)
    {
        var list = Of("array", says);
        list["items"] = items;
        return list;
    }

    private static JsonObject Words<T>(string says) where T : struct, Enum => new()
    {
        ["enum"] = new JsonArray([.. JsonWalk.Words<T>().Select(word => (JsonNode)word)]), ["description"] = says,
    };

    private static JsonObject Object(params (string Name, JsonObject Schema, bool Needed)[] members) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. members.Where(member => member.Needed).Select(member => (JsonNode)member.Name)]),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
    };
}
