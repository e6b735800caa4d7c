using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>A task as lists show it.</summary>
/// <param name="For">The person's name, or the unit.</param>
/// <param name="On">That on which it hangs, in words: "Report 123"; null for one that hangs on nothing.</param>
/// <param name="MayEnd">Whether the one who looks may say that it is done.</param>
public sealed record TaskRow(
    CaseTaskId Id, string What, string For, string GivenBy, DateTimeOffset DueAt, CaseTaskState State, string? On, string? Link,
    DateTimeOffset? EndedAt, string? EndWords, bool IsMine, bool MayEnd);

/// <summary>A request as lists show it.</summary>
/// <param name="ClockTo">What its clock runs to.</param>
/// <param name="LeadEnded">The lead on which it hangs is no longer open; the request is.</param>
public sealed record RequestRow(
    LegalRequestId Id, string Reference, LegalRequestKind Kind, string KindWords, LegalRequestState State, string StateWords, string Holder, string? File,
    string? HeldBy, DateTimeOffset? DueAt, string ClockTo, bool LeadEnded, DateTimeOffset DraftedAt);

/// <summary>Tasks and requests as rows, read with the names that belong to them. Every row whose words are shown is traced.</summary>
internal sealed class OpenWork(Envelope envelope, RequestBook book, AuthorizationTable table)
{
    public async Task<IReadOnlyList<TaskRow>> TasksAsync(Act act, IQueryable<CaseTask> tasks, int max, CancellationToken cancel)
    {
        // What is late comes first by itself: it is due first.
        var rows = await tasks.AsNoTracking().OrderBy(row => row.State != CaseTaskState.Open).ThenBy(row => row.DueAt).ThenBy(row => row.Id).Take(max).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var names = await People.NamesAsync(act.Db, rows.SelectMany(row => new[] { row.GivenBy, row.AssignedTo ?? row.GivenBy }), cancel);
        var on = await OnAsync(act.Db, rows, cancel);
        foreach (var row in rows) act.Trace("case-task", row.Id.Value, "listed");
        return [.. rows.Select(row => new TaskRow(
            row.Id, envelope.OpenText(GiveTask.WhatContext(row.Id), row.What), row.AssignedTo is { } person ? names[person] : $"unit {row.AgencyOri}",
            names[row.GivenBy], row.DueAt, row.State, on[row.Id].Words, on[row.Id].Link, row.EndedAt,
            row.EndWords is { } words ? envelope.OpenText(GiveTask.EndContext(row.Id), words) : null,
            row.AssignedTo == act.Actor.Id, row.State == CaseTaskState.Open && (People.MayChange(table, act.Actor, "review.end-task", row) || row.GivenBy == act.Actor.Id)))];
    }

    public async Task<IReadOnlyList<RequestRow>> RequestsAsync(Act act, IQueryable<LegalRequest> requests, int max, CancellationToken cancel)
    {
        var rows = await requests.AsNoTracking().OrderBy(row => row.DueAt == null).ThenBy(row => row.DueAt).ThenBy(row => row.DraftedAt).ThenBy(row => row.Id)
            .Take(max).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var names = await People.NamesAsync(act.Db, rows.Select(row => row.AssignedTo).OfType<UserId>(), cancel);
        var leads = rows.Select(row => row.Lead).OfType<LeadId>().Distinct().ToList();
        var ended = (await act.Db.Set<Lead>().AsNoTracking().Where(lead => leads.Contains(lead.Id) && lead.State != LeadState.Open).Select(lead => lead.Id)
            .ToListAsync(cancel)).ToHashSet();
        foreach (var row in rows) act.Trace("legal-request", row.Id.Value, "listed");
        return [.. rows.Select(row =>
        {
            var terms = book.TermsOf(row);
            return new RequestRow(
                row.Id, row.Reference, row.Kind, CaseworkWords.Of(row.Kind), row.State, CaseworkWords.Of(row.State, row.Kind), terms.Holder, terms.File,
                row.AssignedTo is { } holder ? names[holder] : row.AgencyOri, row.DueAt, CaseworkWords.ClockOf(row.State, row.Kind),
                row.IsOpen && row.Lead is { } lead && ended.Contains(lead), row.DraftedAt);
        })];
    }

    /// <summary>Requests that are not at their end.</summary>
    public static IQueryable<LegalRequest> Open(IQueryable<LegalRequest> requests) => requests.Where(row =>
        row.State != LegalRequestState.Answered && row.State != LegalRequestState.Denied && row.State != LegalRequestState.Withdrawn);

    /// <summary>Tasks that are mine: given to me, or to my unit and to nobody in it.</summary>
    public static IQueryable<CaseTask> OpenOf(HomewardDb db, Actor actor) => db.Set<CaseTask>().Where(row => row.State == CaseTaskState.Open
        && (row.AssignedTo == actor.Id || (row.AssignedTo == null && actor.Agency != null && row.AgencyOri == actor.Agency)));

    /// <summary>The numbers of the reports and leads on which tasks hang.</summary>
    public static async Task<(Dictionary<ReportId, string> Reports, Dictionary<LeadId, string> Leads)> NumbersAsync(HomewardDb db, IReadOnlyList<CaseTask> tasks, CancellationToken cancel)
    {
        var reports = tasks.Select(row => row.Report).OfType<ReportId>().Distinct().ToList();
        var leads = tasks.Select(row => row.Lead).OfType<LeadId>().Distinct().ToList();
        return (
            await db.Set<QueueItem>().AsNoTracking().Where(row => reports.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, cancel),
            await db.Set<Lead>().AsNoTracking().Where(row => leads.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, cancel));
    }

    private static async Task<Dictionary<CaseTaskId, (string? Words, string? Link)>> OnAsync(HomewardDb db, IReadOnlyList<CaseTask> tasks, CancellationToken cancel)
    {
        var requests = tasks.Select(row => row.Request).OfType<LegalRequestId>().Distinct().ToList();
        var (reportNumbers, leadNumbers) = await NumbersAsync(db, tasks, cancel);
        var references = await db.Set<LegalRequest>().AsNoTracking().Where(row => requests.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Reference, cancel);
        return tasks.ToDictionary(row => row.Id, row => row switch
        {
            { Request: { } request } => ($"Request {references[request]}", $"/review/requests/{request}"),
            { Report: { } report } => ($"Report {reportNumbers[report]}", CaseSubject.PageOf(report, null)),
            { Lead: { } lead } => ($"Lead {leadNumbers[lead]}", CaseSubject.PageOf(null, lead)),
            _ => ((string?)null, (string?)null),
        });
    }
}
