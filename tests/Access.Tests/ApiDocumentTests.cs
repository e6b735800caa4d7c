using System.Net;
using System.Text.Json.Nodes;
using Homeward.Foundations.Access;
using Json.Schema;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Homeward.Access.Tests;

/// <summary>The API's description says what the house does: every address, what it takes, what it answers.</summary>
public sealed class ApiDocumentTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Json = "application/json", At = "/openapi/v1.json";
    /// <summary>Takes a browser's form with files alone, its token first.</summary>
    private const string FormOfFiles = "POST /intake/receive";

    private async Task<JsonObject> DocumentAsync() => JsonNode.Parse((await house.ReadAsync(null, At, Json)).Body)!.AsObject();

    private static IEnumerable<(string Address, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject());

    [Fact]
    public async Task Every_address_of_a_program_is_described_and_no_other()
    {
        var mapped = house.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<NeedsAction>() is not null && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single()} {endpoint.RoutePattern.RawText}")
            .Where(address => address != FormOfFiles).ToList();
        mapped.Count.ShouldBeGreaterThan(150);
        Operations(await DocumentAsync()).Select(one => one.Address).ShouldBe(mapped, ignoreOrder: true);
    }

    [Fact]
    public async Task A_reader_of_OpenAPI_finds_no_fault_in_it()
    {
        var (document, diagnostic) = OpenApiDocument.Parse((await DocumentAsync()).ToJsonString(), "json");
        diagnostic!.Errors.Select(error => error.ToString()).ShouldBeEmpty();
        diagnostic.Warnings.Select(error => error.ToString()).ShouldBeEmpty();
        document!.Paths.Count.ShouldBeGreaterThan(150);
        // Every reference leads somewhere.
        foreach (var (address, operation) in document.Paths.SelectMany(path => path.Value.Operations!.Select(one => (path.Key, one.Value))))
            foreach (var answer in operation.Responses!.Values) answer.Description.ShouldNotBeNullOrEmpty(address);
    }

    [Fact]
    public async Task Each_has_a_name_of_its_own_a_tag_a_summary_its_path_s_parameters_and_its_refusals()
    {
        var operations = Operations(await DocumentAsync()).ToList();
        operations.Select(one => one.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
        foreach (var (address, operation) in operations)
        {
            operation["tags"]!.AsArray().Count.ShouldBe(1, address);
            operation["summary"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace(address);
            var parameters = (operation["parameters"] as JsonArray ?? []).Select(one => (In: one!["in"]!.GetValue<string>(), Name: one["name"]!.GetValue<string>())).ToList();
            parameters.Where(one => one.In == "path").Select(one => $"{{{one.Name}}}")
                .ShouldBe(address.Split('/').Where(part => part.StartsWith('{')), ignoreOrder: true, address);
            parameters.ShouldBeUnique(address);
            operation["responses"]!.AsObject().Select(one => one.Key).ShouldBe(
                [operation["responses"]!["204"] is null ? "200" : "204", "400", "401", "403", "404", "409", "422", "503"], address);
        }
    }

    /// <summary>Whatever can be looked at without an id, by everybody who may.</summary>
    [Fact]
    public async Task What_is_looked_at_is_answered_as_described()
    {
        var document = await DocumentAsync();
        var (checkedLooks, faults) = (0, new List<string>());
        foreach (var (address, operation) in Operations(document))
        {
            if (!address.StartsWith("GET ", StringComparison.Ordinal) || address.Contains('{', StringComparison.Ordinal)) continue;
            var path = address["GET ".Length..];
            var action = house.Endpoints.Single(endpoint => endpoint.RoutePattern.RawText == path).Metadata.GetRequiredMetadata<NeedsAction>().Action;
            var role = Roles.SignIn.First(role => AuthorizationTable.Shipped.Allows(role, action));
            var (status, body) = await house.ReadAsync(await house.PersonAsync(role, "KC", "KC-01", "MOKPD0000"), path, Json);
            if (operation["responses"]![$"{(int)status}"] is not { } answer) faults.Add($"{address}: {(int)status} is not described");
            else faults.AddRange(Faults(document, SchemaOf(document, answer), body).Select(fault => $"{address}: {(int)status} {fault}"));
            if (status == HttpStatusCode.OK) checkedLooks++;
        }
        faults.ShouldBeEmpty();
        checkedLooks.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("/people/users", Role.Administrator, """{"name":"Invented Person","role":"analyst","officeCode":null}""", 200)]
    [InlineData("/people/users", Role.Administrator, """{"name":"","role":"analyst"}""", 400)]
    [InlineData("/people/users", Role.Administrator, """{"name":"Invented Person"}""", 400)]
    [InlineData("/people/users", Role.Administrator, """{"name":"Invented Person","role":7}""", 400)]
    [InlineData("/people/users", Role.Analyst, """{"name":"Invented Person","role":"analyst"}""", 403)]
    [InlineData("/intake/providers", Role.Administrator, """{"name":"example","company":"Example","password":"sixteen letters!","callsPerMinute":60}""", 200)]
    [InlineData("/intake/providers", Role.Administrator, """{"name":"no spaces","company":"Example","password":"sixteen letters!"}""", 400)]
    [InlineData("/intake/providers", Role.Administrator, """{"name":"example2","company":"Example","password":"sixteen letters!","callsPerMinute":0}""", 400)]
    [InlineData("/intake/hotline", Role.Analyst, """{"child":{"given":"Aiko","born":"2009-04"},"where":{"city":"Wichita","state":"KS"},"imminent":false,"callerNamed":false,"claim":"narrative withheld"}""", 200)]
    [InlineData("/intake/hotline", Role.Analyst, """{"child":{"given":"Aiko","born":"April 2009"},"claim":"narrative withheld"}""", 400)]
    [InlineData("/intake/hotline", Role.Analyst, """{"child":{"given":"Aiko","age":140},"claim":"narrative withheld"}""", 400)]
    [InlineData("/intake/holds", Role.Counsel, """{"on":"report","number":"100","reason":"an order","until":"2030-02-03"}""", 400, true)]
    [InlineData("/intake/holds", Role.Counsel, """{"on":"report","number":"100","reason":"an order","until":"02/03/2030"}""", 400)]
    [InlineData("/review/notes", Role.Analyst, """{"report":"0190f3c2a5d07e3f8a4b000000000001","text":"neutral words","base":0}""", 404)]
    [InlineData("/review/notes", Role.Analyst, """{"report":"no id","text":"neutral words","base":0}""", 400)]
    public async Task What_is_sent_and_answered_is_as_described(string path, Role role, string sent, int expected, bool isOfGoodForm = false)
    {
        var document = await DocumentAsync();
        var operation = document["paths"]![path]!["post"]!.AsObject();
        var request = Faults(document, SchemaOf(document, operation["requestBody"]!), sent).ToList();
        (request.Count == 0).ShouldBe(isOfGoodForm || expected != 400, string.Join("; ", request));
        var (status, body) = await house.ReadAsync(await house.PersonAsync(role, "KC", "KC-01", "MOKPD0000"), path, Json, sent);
        ((int)status).ShouldBe(expected, body);
        Faults(document, SchemaOf(document, operation["responses"]![$"{expected}"]!), body).ShouldBeEmpty(body);
    }

    [Fact]
    public async Task Who_reads_it_needs_not_sign_in_and_reads_the_same_each_time()
    {
        var (status, first) = await house.ReadAsync(null, At, Json);
        status.ShouldBe(HttpStatusCode.OK);
        (await house.ReadAsync(await house.PersonAsync(Role.Auditor, null, null, null), At, Json)).Body.ShouldBe(first);
    }

    private static JsonNode SchemaOf(JsonObject document, JsonNode has)
    {
        if (has["$ref"] is { } reference) has = reference.GetValue<string>()["#/".Length..].Split('/').Aggregate((JsonNode)document, (at, step) => at[step]!);
        return has["content"]!.AsObject().Single().Value!["schema"]!;
    }

    /// <summary>OpenAPI 3.1 speaks JSON Schema 2020-12: its components are that schema's definitions.</summary>
    private static IEnumerable<string> Faults(JsonObject document, JsonNode schema, string json)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = document["components"]!["schemas"]!.DeepClone();
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        using var parsed = System.Text.Json.JsonDocument.Parse(json);
        var found = JsonSchema.FromText(text).Evaluate(parsed.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return found.IsValid ? [] : (found.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}").Take(5).DefaultIfEmpty("not as described");
    }
}
