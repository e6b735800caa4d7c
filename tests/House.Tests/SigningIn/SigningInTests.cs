using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.SigningIn;

/// <summary>Invitations, passkeys and sessions as the house keeps them; what a browser signs is tried in a browser.</summary>
public sealed class SigningInTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task An_invitation_opens_once_and_until_it_ends(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        var first = await InviteAsync(house, administrator, analyst);
        (await JoinAsync(house, analyst, first, "key-1", 1)).IsDone.ShouldBeTrue();
        Code(await JoinAsync(house, analyst, first, "key-2", 2)).ShouldBe("invitation-over");

        var late = await InviteAsync(house, administrator, analyst);
        house.Clock.DriveTo(Given.Noon.AddHours(72));
        Code(await JoinAsync(house, analyst, late, "key-3", 3)).ShouldBe("invitation-over");
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_later_invitation_ends_the_one_before_and_is_of_one_person_alone(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        var earlier = await InviteAsync(house, administrator, analyst);
        var later = await InviteAsync(house, administrator, analyst);
        Code(await JoinAsync(house, analyst, earlier, "key-1", 1)).ShouldBe("invitation-over");
        Code(await JoinAsync(house, await house.PersonAsync(Role.Supervisor), later, "key-1", 1)).ShouldBe("invitation-over");
        (await JoinAsync(house, analyst, later, "key-1", 1)).IsDone.ShouldBeTrue();
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Of_two_who_join_by_one_invitation_at_once_one_does(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        var invitation = await InviteAsync(house, administrator, analyst);
        var both = await Task.WhenAll(Enumerable.Range(1, 4).Select(one => Task.Run(() => JoinAsync(house, analyst, invitation, $"key-{one}", one))));
        both.Count(one => one.IsDone).ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<Passkey>().CountAsync())).ShouldBe(1);
    }

    /// <summary>Who invites somebody anew to act in that name is found out.</summary>
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Who_joins_anew_loses_passkeys_and_sessions_from_before_and_the_auditor_is_told(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        await JoinAsync(house, analyst, await InviteAsync(house, administrator, analyst), "key-1", 1);
        (await ToldAsync(house)).ShouldBe(0);
        await JoinAsync(house, analyst, await InviteAsync(house, administrator, analyst), "key-2", 2);

        (await house.WithDbAsync(db => db.Set<Passkey>().Select(row => row.Id).ToListAsync())).ShouldBe(["key-2"]);
        (await OpenAsync(house)).ShouldBe([Session(2)]);
        (await ToldAsync(house)).ShouldBe(1);
        Code(await BeginAsync(house, analyst, "key-1", 3)).ShouldBe("not-permitted");
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task One_signature_opens_one_session(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        await JoinAsync(house, analyst, await InviteAsync(house, administrator, analyst), "key-1", 1);
        (await BeginAsync(house, analyst, "key-1", 2)).IsDone.ShouldBeTrue();
        Code(await BeginAsync(house, analyst, "key-1", 2)).ShouldBe("signature-used");
        (await house.DoAsync<EndSession.Request, Done>(analyst, new(Session(2)))).IsDone.ShouldBeTrue();
        Code(await BeginAsync(house, analyst, "key-1", 2)).ShouldBe("signature-used");
        (await OpenAsync(house)).ShouldBe([Session(1)]);
        // Nobody ends the session of somebody else.
        Code(await house.DoAsync<EndSession.Request, Done>(administrator, new(Session(1)))).ShouldBe("not-found");
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_removed_passkey_takes_its_sessions_along_and_the_last_one_stays(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        await JoinAsync(house, analyst, await InviteAsync(house, administrator, analyst), "key-1", 1);
        Code(await house.DoAsync<RemovePasskey.Request, Done>(analyst, new("key-1"))).ShouldBe("last-passkey");
        (await house.DoAsync<AddPasskey.Request, Done>(analyst, new(Passkey("key-2")))).IsDone.ShouldBeTrue();
        await BeginAsync(house, analyst, "key-2", 2);
        Code(await house.DoAsync<RemovePasskey.Request, Done>(administrator, new("key-1"))).ShouldBe("not-found");
        (await house.DoAsync<RemovePasskey.Request, Done>(analyst, new("key-1"))).IsDone.ShouldBeTrue();
        (await OpenAsync(house)).ShouldBe([Session(2)]);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Whose_access_ended_is_neither_invited_nor_signed_in(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (administrator, analyst) = await PeopleAsync(house);
        var open = await InviteAsync(house, administrator, analyst);
        await JoinAsync(house, analyst, open, "key-1", 1);
        await house.DoAsync<EndUser.Request, Done>(administrator, new(analyst.Id));
        Code(await BeginAsync(house, analyst, "key-1", 2)).ShouldBe("not-permitted");
        Code(await house.DoAsync<InviteUser.Request, InviteUser.Receipt>(administrator, new(analyst.Id))).ShouldBe("access-ended");
    }

    [Fact]
    public async Task The_code_of_an_invitation_is_its_own_and_only_who_invited_is_shown_it()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var (administrator, analyst) = await PeopleAsync(house);
        var (one, other) = (await InviteAsync(house, administrator, analyst), await InviteAsync(house, administrator, await house.PersonAsync(Role.Auditor)));
        var codes = house.Get<InvitationCodes>();
        codes.Fits(one, codes.Of(one)).ShouldBeTrue();
        codes.Fits(one, codes.Of(other)).ShouldBeFalse();
        codes.Fits(one, "").ShouldBeFalse();
        (await house.DoAsync<ShowInvitation.Request, ShowInvitation.Page>(administrator, new(one))).Value.Path.ShouldBe($"/join/{one}/{codes.Of(one)}");
        Code(await house.DoAsync<ShowInvitation.Request, ShowInvitation.Page>(await house.PersonAsync(Role.Administrator, name: "Another administrator"), new(one))).ShouldBe("not-found");
        Code(await house.DoAsync<InviteUser.Request, InviteUser.Receipt>(analyst, new(administrator.Id))).ShouldBe("not-permitted");
        // Codes stand in no trace.
        (await house.TraceAsync()).ShouldAllBe(entry => !entry.ToString()!.Contains(codes.Of(one), StringComparison.Ordinal));
    }

    private static async Task<(Actor Administrator, Actor Analyst)> PeopleAsync(TestHouse house) =>
        (await house.PersonAsync(Role.Administrator), await house.PersonAsync(Role.Analyst));

    private static async Task<InvitationId> InviteAsync(TestHouse house, Actor by, Actor whom) =>
        (await house.DoAsync<InviteUser.Request, InviteUser.Receipt>(by, new(whom.Id))).Value.Id;

    private static Task<Result<Done>> JoinAsync(TestHouse house, Actor who, InvitationId by, string passkey, int session) =>
        house.DoAsync<JoinByInvitation.Request, Done>(who, new(by, Passkey(passkey), Session(session)));

    private static Task<Result<Done>> BeginAsync(TestHouse house, Actor who, string passkey, int session) =>
        house.DoAsync<BeginSession.Request, Done>(who, new(Session(session), passkey, SignCount: session));

    private static NewPasskey Passkey(string id) => new(id, "A device", [1], 0, "internal", MayBeCopied: false, IsCopied: false, [2], [3]);

    private static SessionId Session(int number) => new(new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]));

    private static Task<List<SessionId>> OpenAsync(TestHouse house) =>
        house.WithDbAsync(db => db.Set<SignedIn>().Where(row => row.EndedAt == null).Select(row => row.Id).ToListAsync());

    private static Task<int> ToldAsync(TestHouse house) => house.WithDbAsync(db => db.Set<Notice>().CountAsync(row => row.Code == "passkeys-replaced"));

    private static string? Code<T>(Result<T> answer) where T : notnull => answer.IsDone ? null : answer.Problem.Code;
}
