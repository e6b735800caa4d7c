using System.Collections.Concurrent;
using System.Net;
using Homeward.Foundations.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Homeward.Access.Tests;

/// <summary>Role × place × route: the door opens exactly where the authorization table says so.</summary>
public sealed class MatrixTests(WebHouse house) : IClassFixture<WebHouse>
{
    private static readonly Role[] EveryRole = [.. Roles.SignIn, Role.Provider];
    private static readonly (string Name, string? Office, string? TaskForce, string? Agency)[] Places =
        [("own", "KC", "KC-01", "MO0010000"), ("another", "DN", "DN-01", "CO0010000"), ("none", null, null, null)];

    private static async Task<IReadOnlyList<string>> EachAsync<T>(IEnumerable<T> things, Func<T, Task<string?>> fault)
    {
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(things, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (thing, _) =>
        {
            if (await fault(thing) is { } found) faults.Enqueue(found);
        });
        return [.. faults.Order(StringComparer.Ordinal)];
    }

    private static bool IsClosed(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    [Fact]
    public void Every_route_names_its_action_or_stands_in_the_short_list() => Matrix.Holes(house.Endpoints).ShouldBeEmpty();

    [Fact]
    public void Every_action_that_a_route_names_has_a_row() =>
        Matrix.Cells(house.Endpoints).Select(cell => cell.Action).Distinct()
            .Where(action => !AuthorizationTable.Shipped.Actions.Contains(action)).ShouldBeEmpty();

    [Fact]
    public void The_matrix_is_not_empty()
    {
        var cells = Matrix.Cells(house.Endpoints);
        cells.Count(cell => cell.Method == "POST").ShouldBeGreaterThan(30);
        cells.Count(cell => cell.Path.StartsWith("/api/", StringComparison.Ordinal)).ShouldBeGreaterThan(15);
        cells.Count(cell => !cell.IsApi).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task The_door_opens_exactly_where_the_table_says_and_nothing_falls_over()
    {
        var cells = Matrix.Cells(house.Endpoints);
        foreach (var place in Places)
        {
            foreach (var role in EveryRole)
            {
                var actor = await house.PersonAsync(role, place.Office, place.TaskForce, place.Agency);
                // Refusals are the table's and not the place's: they are tried at one place, permissions at all.
                var asked = cells.Where(cell => place.Name == "own" || AuthorizationTable.Shipped.Allows(role, cell.Action));
                (await EachAsync(asked, async cell =>
                {
                    var (status, _) = await house.AskAsync(actor, cell.Method, cell.Path, cell.Method == "POST" ? "{}" : null);
                    var mayBe = AuthorizationTable.Shipped.Allows(role, cell.Action);
                    // Who has no place has nothing within reach, and may be told so.
                    if (place.Name == "none" && status == HttpStatusCode.Forbidden) return null;
                    return mayBe != IsClosed(status) && (int)status < 500 ? null : $"{role} ({place.Name}) {cell.Method} {cell.Pattern}: {(int)status}{((int)status < 500 ? "" : " " + house.LastFault)}";
                })).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_or_told_so() =>
        (await EachAsync(Matrix.Cells(house.Endpoints), async cell =>
        {
            var (status, location) = await house.AskAsync(null, cell.Method, cell.Path, cell.Method == "POST" ? "{}" : null);
            var isRight = cell.IsApi
                ? status == HttpStatusCode.Unauthorized
                : status == HttpStatusCode.Redirect && location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true;
            return isRight ? null : $"{cell.Method} {cell.Pattern}: {(int)status} {location}";
        })).ShouldBeEmpty();

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task A_body_that_cannot_be_read_is_a_bad_request(string body) =>
        (await EachAsync(Matrix.Cells(house.Endpoints).Where(cell => cell.Method == "POST"), async cell =>
        {
            var role = EveryRole.First(role => AuthorizationTable.Shipped.Allows(role, cell.Action));
            var actor = await house.PersonAsync(role, "KC", "KC-01", "MO0010000");
            var (status, _) = await house.AskAsync(actor, cell.Method, cell.Path, body);
            return status == HttpStatusCode.BadRequest ? null : $"{cell.Pattern}: {(int)status}";
        })).ShouldBeEmpty();

    [Theory]
    [InlineData("{\"reason\":1,\"reason\":2}")]
    [InlineData("{\"id\":{},\"name\":[],\"title\":7,\"text\":{\"a\":1}}")]
    public async Task No_object_of_whatever_fields_makes_a_use_case_fall_over(string body) =>
        (await EachAsync(Matrix.Cells(house.Endpoints).Where(cell => cell.Method == "POST"), async cell =>
        {
            var role = EveryRole.First(role => AuthorizationTable.Shipped.Allows(role, cell.Action));
            var actor = await house.PersonAsync(role, "KC", "KC-01", "MO0010000");
            var (status, _) = await house.AskAsync(actor, cell.Method, cell.Path, body);
            return (int)status < 500 ? null : $"{cell.Pattern}: {(int)status} {house.LastFault}";
        })).ShouldBeEmpty();

    [Fact]
    public async Task One_whose_access_was_ended_is_refused_at_the_next_request()
    {
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01", null);
        var administrator = await house.PersonAsync(Role.Administrator, null, null, null);
        (await house.AskAsync(officer, "GET", "/api/home")).Status.ShouldBe(HttpStatusCode.OK);
        (await house.AskAsync(administrator, "POST", $"/people/users/{officer.Id}/end", "{}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await house.AskAsync(officer, "GET", "/api/home")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task After_half_a_day_one_signs_in_again_however_busy()
    {
        var (morning, yesterday) = (await house.PersonAsync(Role.Analyst, null, null, null, TimeSpan.FromHours(11.9)), await house.PersonAsync(Role.Analyst, null, null, null, TimeSpan.FromHours(12.1)));
        (await house.AskAsync(morning, "GET", "/api/home")).Status.ShouldBe(HttpStatusCode.OK);
        (await house.AskAsync(yesterday, "GET", "/api/home")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/api/no-such-thing")]
    [InlineData("/no-such-page")]
    public async Task A_program_that_goes_nowhere_gets_an_answer_that_it_can_read(string path)
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, body) = await house.ReadAsync(analyst, path, accept: "application/json");
        status.ShouldBe(HttpStatusCode.NotFound);
        body.ShouldStartWith("{");
        body.ShouldContain("homeward:status-404");
    }

    [Fact]
    public async Task A_choice_that_nobody_made_is_not_taken_as_made()
    {
        var supervisor = await house.PersonAsync(Role.Supervisor, null, null, null);
        const string Body = "\"left\":\"0190f3c2a5d07e3f8a4b000000000001\",\"right\":\"0190f3c2a5d07e3f8a4b000000000002\",\"reason\":\"a reason\"";
        (await house.AskAsync(supervisor, "POST", "/people/decisions", $"{{{Body}}}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await house.AskAsync(supervisor, "POST", "/people/decisions", $"{{{Body},\"judgement\":7}}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await house.AskAsync(supervisor, "POST", "/people/decisions", $"{{{Body},\"judgement\":\"same\"}}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Three routes are planted: one without an action, one in the list, one with an action.</summary>
    [Fact]
    public async Task A_planted_route_without_an_action_is_found()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        app.MapGet("/forgotten/{id}", () => "all of it");
        app.MapGet("/health/live", () => "live");
        app.MapPost("/kept", () => "kept").WithMetadata(new NeedsAction("house.home"));
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Matrix.Holes(endpoints).ShouldBe(["forgotten/{id}"]);
        Matrix.Cells(endpoints).ShouldBe([new Cell("POST", "/kept", "/kept", "house.home")]);
    }
}
