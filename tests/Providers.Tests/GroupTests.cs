using System.Net.Http.Headers;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Providers.Tests;

/// <summary>What many calls at one moment share, and what each has to itself.</summary>
public sealed class GroupTests
{
    private const int Calls = 150;
    private const string Header = "Basic dGVzdC1lc3A6dGVzdC1wYXNz";   // test-esp:test-pass

    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Calls_that_had_one_answer_share_an_entry_of_the_trace_and_each_is_named_once(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var replies = await Task.WhenAll(Enumerable.Range(0, Calls).Select(index => index % 5 == 0
            ? house.As().FinishAsync("1999999999")
            : house.As().XmlAsync("submit", Sample.Report())));
        replies.Select(reply => reply.Code).Distinct().Order().ShouldBe([0, 5001]);
        var entries = await house.WithDbAsync(db => db.Database.SqlQuery<string>(
            $"SELECT codes AS \"Value\" FROM audit_entries WHERE action = 'intake.receive-calls' AND subject_type = 'provider-account'").ToListAsync());
        entries.Count.ShouldBeLessThan(Calls);
        var named = entries.Select(entry => entry.Split(";request=")).SelectMany(parts => parts[1].Split(',').Select(request => (request, parts[0]))).ToList();
        named.Count.ShouldBe(Calls);
        named.Order().ShouldBe(replies.Select(reply => (reply.RequestId, reply.Code == 0 ? "call=submit;code=0" : "call=finish;code=5001")).Order());
        entries.ShouldAllBe(entry => entry.Length < 1_200);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_whose_number_came_by_another_door_meanwhile_is_finished_as_a_version_of_it(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var open = await house.As().OpenAsync();
        var next = (long.Parse(open, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        RawOriginal[] others = [.. ((string[])[open, next]).Select(number => new RawOriginal($"{number}.json", Encoding.UTF8.GetBytes($$"""{"reportId":"{{number}}","reportedInformation":null}""")))];
        var taken = await house.App.Services.GetRequiredService<Desk>().DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new(others), CancellationToken.None);
        taken.Value.New.ShouldBe(2);
        (await house.As().OpenAsync()).ShouldBe(next, "its block was taken before");
        var file = (await house.As().UploadAsync(open, [1])).ShouldSucceed().FileId!;

        // At one moment, and none pays for another.
        var third = await house.As().OpenAsync();
        foreach (var reply in await Task.WhenAll(((string[])[open, next, third]).Select(house.As().FinishAsync))) reply.ShouldSucceed();

        var versions = await house.WithDbAsync(db => db.Set<ReportVersion>().OrderBy(row => row.Number).ThenBy(row => row.Version).Select(row => new { row.Number, row.Id, row.Version, row.Form }).ToListAsync());
        versions.Select(row => (row.Number, row.Version, row.Form)).ShouldBe(
            [(open, 1, ReportForm.AgencyJson), (open, 2, ReportForm.ProviderXml), (next, 1, ReportForm.AgencyJson), (next, 2, ReportForm.ProviderXml), (third, 1, ReportForm.ProviderXml)]);
        var finished = await house.WithDbAsync(db => db.Set<Submission>().OrderBy(row => row.Number).Select(row => row.ReportId).ToListAsync());
        finished.ShouldBe([versions[0].Id, versions[2].Id, versions[4].Id]);
        (await house.WithDbAsync(db => db.Set<SealedFileRow>().Select(row => row.ReportId).SingleAsync())).ShouldBe(versions[0].Id, file);
        (await house.As().FinishAsync(open)).Code.ShouldBe(5102);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_document_lies_small_and_sealed_and_is_opened_byte_for_byte(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var document = Sample.Report(rest: $"<additionalInfo>{string.Concat(Enumerable.Repeat("narrative withheld ", 90))}</additionalInfo>");
        var number = long.Parse(await house.As().OpenAsync(document), System.Globalization.CultureInfo.InvariantCulture);
        var kept = await house.WithDbAsync(db => db.Set<Submission>().SingleAsync(row => row.Number == number));
        kept.Bytes.ShouldBe(Encoding.UTF8.GetByteCount(document));
        kept.Sealed!.Length.ShouldBeLessThan(kept.Bytes / 2);
        kept.Sealed.AsSpan().IndexOf("example.com"u8).ShouldBe(-1);
        var envelope = house.App.Services.GetRequiredService<Envelope>();
        Encoding.UTF8.GetString(envelope.OpenDocument(SubmissionContent.OfDocument(kept.Id), kept.Sealed)).ShouldBe(document);
    }

    [Fact]
    public async Task Of_many_calls_at_once_one_reads_the_account()
    {
        await using var house = await LineHouse.OpenAsync();
        var counting = new CountingScopes(house.App.Services);
        using var accounts = new ProviderAccounts(counting, house.Clock);
        var found = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => accounts.FindAsync(Header, null, CancellationToken.None))));
        found.ShouldAllBe(account => account != null && account.Name == "test-esp");
        counting.Opened.ShouldBe(1);
        accounts.Forget();
        (await accounts.FindAsync(Header, null, CancellationToken.None)).ShouldNotBeNull();
        counting.Opened.ShouldBe(2);
    }

    /// <summary>A connection may carry the calls of several accounts, one after another and at once.</summary>
    [Fact]
    public async Task What_a_connection_remembers_opens_no_door_to_another_header()
    {
        await using var house = await LineHouse.OpenAsync();
        var counting = new CountingScopes(house.App.Services);
        using var accounts = new ProviderAccounts(counting, house.Clock);
        var connection = new Dictionary<object, object?>();
        var wrong = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("test-esp:wrong"u8)).ToString();
        for (var round = 0; round < 2; round++)
        {
            (await accounts.FindAsync(Header, connection, CancellationToken.None)).ShouldNotBeNull();
            (await accounts.FindAsync(wrong, connection, CancellationToken.None)).ShouldBeNull();
            (await accounts.FindAsync("Basic", connection, CancellationToken.None)).ShouldBeNull();
            (await accounts.FindAsync(null, connection, CancellationToken.None)).ShouldBeNull();
        }
        connection.Count.ShouldBe(1);
        var before = counting.Opened;
        accounts.Forget();
        (await accounts.FindAsync(Header, connection, CancellationToken.None)).ShouldNotBeNull();
        counting.Opened.ShouldBe(before + 1, "what is remembered of an account is not the connection's");
        var found = await Task.WhenAll(Enumerable.Range(0, Calls).Select(index => Task.Run(() => accounts.FindAsync(index % 3 == 0 ? wrong : Header, connection, CancellationToken.None))));
        found.Select(account => account is not null).ShouldBe(Enumerable.Range(0, Calls).Select(index => index % 3 != 0));
    }

    [Fact]
    public async Task A_wrong_password_is_asked_anew_each_time_and_one_who_hangs_up_harms_nobody()
    {
        await using var house = await LineHouse.OpenAsync();
        var counting = new CountingScopes(house.App.Services);
        using var accounts = new ProviderAccounts(counting, house.Clock);
        var wrong = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("test-esp:wrong"u8)).ToString();
        (await accounts.FindAsync(wrong, null, CancellationToken.None)).ShouldBeNull();
        (await accounts.FindAsync(wrong, null, CancellationToken.None)).ShouldBeNull();
        counting.Opened.ShouldBe(2);

        var gone = accounts.FindAsync(Header, null, new CancellationToken(canceled: true));
        (await accounts.FindAsync(Header, null, CancellationToken.None)).ShouldNotBeNull();
        await Should.ThrowAsync<OperationCanceledException>(gone);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_nodes_give_each_number_once(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var nodes = Enumerable.Range(0, 2).Select(_ => new ReportNumbers(house.App.Services.GetRequiredService<WriteGate>())).ToList();
        var given = await Task.WhenAll(Enumerable.Range(0, 2_500).Select(index => Task.Run(() => nodes[index % 2].NextAsync(CancellationToken.None))));
        given.Distinct().Count().ShouldBe(2_500);
        given.ShouldAllBe(number => number > 1_000_000_000 && number < int.MaxValue);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_number_under_which_a_report_was_imported_is_not_given_again(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        foreach (var number in new[] { "1000000001", "1000000500", "1000001000" })
        {
            var imported = await house.App.Services.GetRequiredService<Desk>().DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new(
                [new(RawFolder.ReportPath(LineHouse.Noon, number, ReportForm.ProviderXml), Encoding.UTF8.GetBytes(Sample.Report()))]), CancellationToken.None);
            imported.Value.New.ShouldBe(1);
        }
        var numbers = new ReportNumbers(house.App.Services.GetRequiredService<WriteGate>());
        var given = new List<long>();
        for (var count = 0; count < 998; count++) given.Add(await numbers.NextAsync(CancellationToken.None));
        given.ShouldBe(Enumerable.Range(1_000_000_002, 1_000).Where(number => number is not (1_000_000_500 or 1_000_001_000)).Select(number => (long)number));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Few_rows_and_many_go_in_alike_with_what_is_not_stated(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var table = new BulkTable("refused_calls", "id", "account_id", "at", "refused_on", "call", "code", "number", "request_id", "remote", "faults", "calls", "reason", "sha256", "sealed");
        var at = LineHouse.Noon.AddMicroseconds(7);
        // The last is more than goes as arrays, and of the first two one has columns without any value.
        foreach (var count in new[] { 1, 128, 129 })
        {
            var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
            var rows = ids.Select((id, index) => new object?[]
            {
                id, ids[0], at.AddSeconds(index).ToOffset(TimeSpan.FromHours(-5)), "2026-03-05", "submit", index, index % 3 == 1 ? (long)index : null, $"request {index} é😀", "", 1, 1, "",
                index % 3 == 2 ? "digest" : null, index % 3 == 1 ? new[] { (byte)index } : null,
            }).ToList();
            var kept = await house.WithDbAsync(async db =>
            {
                await using (var transaction = await db.Database.BeginTransactionAsync())
                {
                    await table.WriteAsync(db, rows, CancellationToken.None);
                    await transaction.CommitAsync();
                }
                return await db.Set<RefusedCall>().Where(row => row.AccountId == ids[0]).OrderBy(row => row.Code).ToListAsync();
            });
            kept.Select(row => row.Id).ShouldBe(ids);
            for (var index = 0; index < count; index++)
            {
                (kept[index].At, kept[index].Number, kept[index].RequestId, kept[index].Sha256).ShouldBe(
                    (at.AddSeconds(index), index % 3 == 1 ? index : null, $"request {index} é😀", index % 3 == 2 ? "digest" : null));
                kept[index].Sealed.ShouldBe(index % 3 == 1 ? [(byte)index] : null);
            }
        }
    }

    /// <summary>Services whose scopes are counted: each is a context of its own, and a connection.</summary>
    private sealed class CountingScopes(IServiceProvider services) : IServiceProvider, IServiceScopeFactory
    {
        private int _opened;
        public int Opened => _opened;
        public object? GetService(Type serviceType) => serviceType == typeof(IServiceScopeFactory) ? this : services.GetService(serviceType);

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref _opened);
            return services.CreateScope();
        }
    }
}
