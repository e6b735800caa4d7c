using System.Diagnostics;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release;
using Homeward.Scenario.Outside;
using Homeward.Scenario.World;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>One initiative from before its first day to its announcement: the clock, the mail, the people, the field.</summary>
/// <remarks>
/// The people know what came in and what the house shows them. Chance hangs on the seed and on the thing itself, so the
/// same run gives the same tally, on either database, and one record more or less moves only what rests on it.
/// </remarks>
public sealed class InitiativeRun
{
    /// <summary>How long before the window everybody is in place, and how long after it late records may still come.</summary>
    private static readonly TimeSpan _before = TimeSpan.FromDays(1);
    private static readonly TimeSpan _after = TimeSpan.FromDays(6);
    private static readonly TimeSpan _turn = TimeSpan.FromHours(8);
    private const int TurnsInDay = 3;

    private readonly InitiativePlan _plan;
    private readonly byte[] _document;
    private readonly Action<string> _tell;
    private readonly Stagehand _stage;
    private readonly Chance _chance;

    /// <param name="journal">Keeps what the house answers, so that the run can be gone on with; null to keep nothing.</param>
    public InitiativeRun(
        IServiceProvider services, InitiativePlan plan, byte[] document, long seed, Action<string> tell, Journal? journal = null)
    {
        (_plan, _document, _tell) = (plan, document, tell);
        (_stage, _chance) = (new Stagehand(services, journal), new Chance(seed));
    }

    /// <returns>The tally as the contract's JSON, with the score where the outside can give one; or why there is none.</returns>
    public async Task<Result<JsonObject>> RunAsync(IOutside outside, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var (opens, closes) = Zones.Window(_plan.From, _plan.To, TimeZoneInfo.Utc);
        _stage.DriveTo(opens - _before);

        // The outside prepares its first mail while the people come in.
        var beginning = outside.BeginAsync(cancel);
        var company = await Company.GatherAsync(_stage, cancel);
        var room = new MailRoom(_stage, company.Administrator, company.Feed);
        var first = await beginning;
        await room.TakeAsync([.. first.Where(sent => sent.Path.StartsWith("partners/", StringComparison.Ordinal))], cancel);
        await company.GatherTaskForcesAsync(_stage, cancel);
        var opened = await _stage.DoAsync<OpenInitiative.Request, OpenInitiative.Receipt>(
            company.National, new(System.Text.Encoding.UTF8.GetString(_document)), cancel);
        if (!opened.TryGet(out var initiative, out var refused)) return refused;
        await room.TakeAsync([.. first.Where(sent => !sent.Path.StartsWith("partners/", StringComparison.Ordinal))], cancel);

        var promises = new Promises();
        var caretakers = new Caretakers(_stage, company, _chance, promises);
        var field = new FieldDesk(_stage, company, caretakers, room);
        var analysts = new Analysts(_stage, company, _chance, promises);
        var doors = new DoorKeepers(_stage, company, _chance, analysts);
        var forces = new TaskForces(_stage, company, _chance, promises, outside, field, _plan);
        await forces.PledgeAsync(initiative.Id, cancel);

        var ends = closes + _after;
        var mailing = outside.UntilAsync(_stage.Now + _turn, cancel);
        for (var turn = 1; _stage.Now < ends; turn++)
        {
            cancel.ThrowIfCancellationRequested();
            _stage.DriveTo(_stage.Now + _turn);
            var mail = await mailing;
            await room.TakeAsync(mail, cancel);
            field.Hold(mail.Where(sent => sent.Path.StartsWith("outcomes/", StringComparison.Ordinal)));
            await _stage.SettleAsync(cancel);
            await field.EnterDueAsync(cancel);
            await doors.AnswerAsync(mail, cancel);
            await analysts.WorkAsync(cancel);
            await forces.ReferAsync(analysts.Leads, cancel);
            await _stage.DeliverAsync(cancel);
            await forces.WorkAsync(cancel);
            await promises.KeepDueAsync(_stage.Now, cancel);
            // The field was asked for the last time in this turn: the next mail is made up while the house goes on.
            if (_stage.Now < ends) mailing = outside.UntilAsync(_stage.Now + _turn, cancel);
            await field.EnterDueAsync(cancel);
            await _stage.DeliverAsync(cancel);
            if (turn % TurnsInDay == 0) await EndDayAsync(analysts, cancel);
        }
        var press = new PressRoom(_stage, company, _plan);
        await press.SettleIdentitiesAsync(cancel);
        await _stage.SettleAsync(cancel);
        await press.CertifyAsync(cancel);
        await press.AnnounceAsync(cancel);
        await _stage.SettleAsync(cancel);
        await _stage.SignAsync(cancel);

        foreach (var (code, count) in _stage.Refusals) _tell($"refused {count} times: {code}");
        foreach (var (kind, (taken, rejected)) in room.Tallies) _tell($"{kind}: {taken:N0} taken, {rejected:N0} rejected");
        var tally = await _stage.DoAsync<TallyInitiative.Request, TallyInitiative.Page>(company.National, new(_plan.Name), cancel);
        if (!tally.TryGet(out var counted, out var uncounted)) return uncounted;
        var line = JsonNode.Parse(counted.Line)!.AsObject();
        if (await new Scoring(_stage, company).ScoreAsync(outside, cancel) is { } score) line["score"] = score;
        line["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1);
        _stage.GoOn();
        return line;
    }

    private async Task EndDayAsync(Analysts analysts, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(_stage.Now.UtcDateTime);
        await analysts.ClearAsync(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture), cancel);
        await _stage.SignAsync(cancel);
        _tell($"{day:yyyy-MM-dd} is over");
    }
}
