using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.BackTesting;
using Homeward.Review.Casework;
using Homeward.Review.Deciding;
using Homeward.Review.Leads;
using Homeward.Review.Links;
using Homeward.Review.Matching;
using Homeward.Review.Model;
using Homeward.Review.NoNexus;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Review;

/// <summary>Review's door: of a flood of reports to the one child. The program proposes and ranks, people decide.</summary>
public sealed class ReviewStage : IStage
{
    public string Name => "review";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Look<ShowQueue.Request, ShowQueue.Page, ShowQueue.Handler>("review.queue").At("/review"),
        UseCase.Change<SaveSearch.Request, SaveSearch.Receipt, SaveSearch.Handler>("review.save-search")
            .At<SaveSearch.Receipt>("/review/searches", receipt => receipt.Address),
        UseCase.Change<DeleteSearch.Request, Done, DeleteSearch.Handler>("review.delete-search").At<Done>("/review/searches/{id}/delete", _ => "/review"),
        UseCase.Change<OpenReport.Request, OpenReport.Receipt, OpenReport.Handler>("review.open-report")
            .At<OpenReport.Receipt>("/review/reports/{id}/open", receipt => $"/review/reports/{receipt.Id}?{receipt.List}"),
        UseCase.Change<NextReport.Request, NextReport.Receipt, NextReport.Handler>("review.open-report")
            .At<NextReport.Receipt>("/review/reports/{id}/next", receipt => Onwards(receipt.Next, receipt.List, "")),
        UseCase.Look<ShowReport.Request, ShowReport.Page, ShowReport.Handler>("review.report").At("/review/reports/{id}"),
        UseCase.Look<ShowLinks.Request, ShowLinks.Page, ShowLinks.Handler>("review.links").At("/review/reports/{id}/links"),
        UseCase.Look<Search.Request, Search.Page, Search.Handler>("review.search").At("/review/search"),
        UseCase.Look<FindPath.Request, FindPath.Page, FindPath.Handler>("review.links").At("/review/path"),
        UseCase.Look<ShowMatch.Request, ShowMatch.Page, ShowMatch.Handler>("review.match").At("/review/matches/{id}"),
        UseCase.Change<DecideMatch.Request, DecideMatch.Receipt, DecideMatch.Handler>("review.decide-match")
            .At<DecideMatch.Receipt>("/review/matches/{id}/decide", After),
        UseCase.Change<SettleMatch.Request, DecideMatch.Receipt, SettleMatch.Handler>("review.settle-match")
            .At<DecideMatch.Receipt>("/review/matches/{id}/settle", After),
        UseCase.Change<UndoDecision.Request, DecideMatch.Receipt, UndoDecision.Handler>("review.undo-decision")
            .At<DecideMatch.Receipt>("/review/matches/{id}/undo", After),
        UseCase.Change<DismissReports.Request, DismissReports.Receipt, DismissReports.Handler>("review.dismiss-reports")
            .At<DismissReports.Receipt>("/review/dismiss", receipt => receipt.List.Length > 0
                ? Onwards(receipt.Next, receipt.List, $"&dismissed={receipt.Dismissed}&refused={receipt.Refused.Count}"
                    + (receipt.Why is { } why ? $"&left={receipt.Refused[0]}&why={why}" : $"&last={receipt.Last}"))
                : $"/review?dismissed={receipt.Dismissed}&refused={receipt.Refused.Count}"),
        UseCase.Change<ReturnReports.Request, ReturnReports.Receipt, ReturnReports.Handler>("review.return-reports")
            .At<ReturnReports.Receipt>("/review/return", receipt => $"/review/no-nexus?sent={receipt.Sent}&way={receipt.Way}&refused={receipt.Refused.Count}&package={receipt.Package}"),
        UseCase.Look<ListPackages.Request, ListPackages.Page, ListPackages.Handler>("review.packages").At("/review/packages"),
        UseCase.Look<ShowPackage.Request, ShowPackage.Page, ShowPackage.Handler>("review.packages").At("/review/packages/{id}"),
        UseCase.Look<DownloadPackage.Request, DownloadPackage.Page, DownloadPackage.Handler>("review.hand-over-package").At("/review/packages/{id}/content"),
        UseCase.Change<RedrawPackage.Request, HandOverPackage.Receipt, RedrawPackage.Handler>("review.hand-over-package")
            .At<HandOverPackage.Receipt>("/review/packages/{id}/redraw", receipt => $"/review/packages/{receipt.Id}"),
        UseCase.Change<HandOverPackage.Request, HandOverPackage.Receipt, HandOverPackage.Handler>("review.hand-over-package")
            .At<HandOverPackage.Receipt>("/review/packages/{id}/hand-over", receipt => $"/review/packages/{receipt.Id}"),
        UseCase.Look<ListAgreements.Request, ListAgreements.Page, ListAgreements.Handler>("review.agreements").At("/review/agreements"),
        UseCase.Look<ShowAgreement.Request, ShowAgreement.Page, ShowAgreement.Handler>("review.agreements").At("/review/agreements/{id}"),
        UseCase.Change<AddAgreement.Request, AddAgreement.Receipt, AddAgreement.Handler>("review.keep-agreements")
            .At<AddAgreement.Receipt>("/review/agreements", receipt => $"/review/agreements/{receipt.Id}"),
        UseCase.Change<ChangeAgreement.Request, AddAgreement.Receipt, ChangeAgreement.Handler>("review.keep-agreements")
            .At<AddAgreement.Receipt>("/review/agreements/{id}", receipt => $"/review/agreements/{receipt.Id}"),
        UseCase.Change<ConfirmPackage.Request, HandOverPackage.Receipt, ConfirmPackage.Handler>("review.hand-over-package")
            .At<HandOverPackage.Receipt>("/review/packages/{id}/receipt", receipt => $"/review/packages/{receipt.Id}"),
        UseCase.Change<ParkReports.Request, ParkReports.Receipt, ParkReports.Handler>("review.park-report")
            .At<ParkReports.Receipt>("/review/park", receipt => $"/review?parked={receipt.Parked}&refused={receipt.Refused.Count}"),
        UseCase.Look<ShowHandOver.Request, ShowHandOver.Page, ShowHandOver.Handler>("review.hand-over").At("/review/hand-over"),
        UseCase.Change<HandOverReports.Request, HandOverReports.Receipt, HandOverReports.Handler>("review.hand-over")
            .At<HandOverReports.Receipt>("/review/hand-over", receipt => $"/review/hand-over?given={receipt.Open + receipt.Parked + receipt.Work}&kept={receipt.Kept.Count}"),
        UseCase.Look<ShowWorkload.Request, ShowWorkload.Page, ShowWorkload.Handler>("review.workload").At("/review/workload"),
        UseCase.Look<PreviewAside.Request, PreviewAside.Page, PreviewAside.Handler>("review.preview-aside").At("/review/aside"),
        UseCase.Change<ParkReport.Request, ParkReport.Receipt, ParkReport.Handler>("review.park-report")
            .At<ParkReport.Receipt>("/review/reports/{id}/park", receipt => receipt.List.Length > 0 ? Onwards(receipt.Next, receipt.List, $"&last={receipt.Id}") : "/review"),
        UseCase.Change<ReopenReport.Request, ReopenReport.Receipt, ReopenReport.Handler>("review.reopen-report")
            .At<ReopenReport.Receipt>("/review/reports/{id}/reopen", receipt => $"/review/reports/{receipt.Id}?{receipt.List}"),
        UseCase.Look<ListSecond.Request, ListSecond.Page, ListSecond.Handler>("review.second").At("/review/second"),
        UseCase.Change<ReadDismissal.Request, ReadDismissal.Receipt, ReadDismissal.Handler>("review.read-dismissal")
            .At<ReadDismissal.Receipt>("/review/readings/{id}", _ => "/review/second"),
        UseCase.Look<ListLeads.Request, ListLeads.Page, ListLeads.Handler>("review.leads").At("/review/leads"),
        UseCase.Look<ShowLead.Request, ShowLead.Page, ShowLead.Handler>("review.lead").At("/review/leads/{id}"),
        UseCase.Look<ShowTip.Request, ShowTip.Page, ShowTip.Handler>("review.lead").At("/review/tips/{id}"),
        UseCase.Change<RaiseDirectLead.Request, RaiseDirectLead.Receipt, RaiseDirectLead.Handler>("review.raise-lead")
            .At<RaiseDirectLead.Receipt>("/review/leads", receipt => $"/review/leads/{receipt.Id}"),
        UseCase.Change<WithdrawLead.Request, Done, WithdrawLead.Handler>("review.withdraw-lead").At<Done>("/review/leads/{id}/withdraw", _ => "/review/leads"),
        UseCase.Look<ListCasework.Request, ListCasework.Page, ListCasework.Handler>("review.casework").At("/review/casework"),
        UseCase.Look<ShowCasework.Request, ShowCasework.Page, ShowCasework.Handler>("review.casework").At("/review/case"),
        UseCase.Change<WriteNote.Request, WriteNote.Receipt, WriteNote.Handler>("review.write-note").At<WriteNote.Receipt>("/review/notes", receipt => receipt.Address),
        UseCase.Change<GiveTask.Request, GiveTask.Receipt, GiveTask.Handler>("review.give-task").At<GiveTask.Receipt>("/review/tasks", receipt => receipt.Address),
        UseCase.Change<EndTask.Request, EndTask.Receipt, EndTask.Handler>("review.end-task").At<EndTask.Receipt>("/review/tasks/{id}/end", receipt => receipt.Address),
        UseCase.Look<ShowRequest.Request, ShowRequest.Page, ShowRequest.Handler>("review.request").At("/review/requests/{id}"),
        UseCase.Look<ShowLetter.Request, ShowLetter.Page, ShowLetter.Handler>("review.request").At("/review/requests/{id}/letter"),
        UseCase.Change<RequestRecords.Request, RequestRecords.Receipt, RequestRecords.Handler>("review.request-records")
            .At<RequestRecords.Receipt>("/review/requests", receipt => $"/review/requests/{receipt.Id}"),
        UseCase.Change<ApplyForProcess.Request, RequestMoved, ApplyForProcess.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/apply", RequestMoved.Address),
        UseCase.Change<RecordRuling.Request, RequestMoved, RecordRuling.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/ruling", RequestMoved.Address),
        UseCase.Change<ServeRequest.Request, RequestMoved, ServeRequest.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/serve", RequestMoved.Address),
        UseCase.Change<RenewRequest.Request, RequestMoved, RenewRequest.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/renew", RequestMoved.Address),
        UseCase.Change<RecordReturn.Request, RequestMoved, RecordReturn.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/return", RequestMoved.Address),
        UseCase.Change<WithdrawRequest.Request, RequestMoved, WithdrawRequest.Handler>("review.move-request").At<RequestMoved>("/review/requests/{id}/withdraw", RequestMoved.Address),
        UseCase.Look<ShowRules.Request, ShowRules.Page, ShowRules.Handler>("review.rules").At("/review/rules"),
        UseCase.Change<ProposeRules.Request, ProposeRules.Receipt, ProposeRules.Handler>("review.propose-rules")
            .At<ProposeRules.Receipt>("/review/rules", receipt => $"/review/rules?version={receipt.Version}"),
        UseCase.Change<DecideRules.Request, DecideRules.Receipt, DecideRules.Handler>("review.decide-rules")
            .At<DecideRules.Receipt>("/review/rules/{id}/decide", receipt => $"/review/rules?version={receipt.Version}"),
        UseCase.Look<ShowBackTests.Request, ShowBackTests.Page, ShowBackTests.Handler>("review.back-test").At("/review/back-tests"),
        UseCase.Change<RunBackTest.Request, RunBackTest.Receipt, RunBackTest.Handler>("review.run-back-test")
            .At<RunBackTest.Receipt>("/review/back-tests", receipt => $"/review/back-tests/{receipt.Id}"),
        UseCase.Look<ShowBackTest.Request, ShowBackTest.Page, ShowBackTest.Handler>("review.back-test").At("/review/back-tests/{id}"),
        UseCase.Look<ExportDecisions.Request, ExportDecisions.Page, ExportDecisions.Handler>("review.export-decisions").At("/review/decisions"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IReview, ReviewHandover>();
        services.AddSingleton<MatchIndex>();
        services.AddSingleton<IMakeReady>(provider => provider.GetRequiredService<MatchIndex>());
        services.AddSingleton<FoundAhead>();
        services.AddSingleton<ProposeMatches>();
        services.AddSingleton<RiskRuleBook>();
        services.AddSingleton<RerankOpen>();
        services.AddSingleton<BackTestRunner>();
        services.AddScoped<MeasureBackTest>();
        services.AddSingleton<EndOfSearch>();
        services.AddSingleton<RequestBook>();
        services.AddSingleton<OpenWork>();
        services.AddSingleton<HandOverOfWork>();
        services.AddSingleton<LeadEnds>();
        services.AddSingleton<LeadBook>();
        services.AddSingleton<Readers>();
        services.AddSingleton<Judging>();
        services.AddSingleton<SettingAside>();
        services.AddSingleton<PackageBook>();
        services.AddSingleton<Opening>();
        services.AddSingleton<LinkWalk>();
        services.AddListener<ReportsReceived, HearReports>(Name);
        services.AddListener<EntryReceived, HearEntries>(Name);
        services.AddListener<SearchEnded, HearSearchEnded>(Name);
        services.AddListener<ReportOpened, HearOpened>(Name);
        services.AddListener<DoorChanged, HearDoors>(Name);
        services.AddListener<RerankMore, HearRerank>(Name);
        services.AddListener<BackTestDue, HearBackTest>(Name);
        services.AddListener<ReportsPurged, HearPurged>(Name);
        services.AddSingleton<CaseworkOfReports>();
        services.AddSingleton<ILinkChildren, LinkChildren>();
        services.AddSingleton<IReportUse, ReviewedReports>();
        services.AddSingleton<IDoorUse, LeadsOfDoors>();
        services.AddSingleton<IActOnDoors, LeadsOfDoors>();
        services.AddSchedule<StartUnopened>();
        services.AddSchedule<WarnOfDeadlines>();
        services.AddSchedule<WarnOfPackages>();
        services.AddScoped<IWaiting, WaitingInReview>();
        services.AddScoped<IWaiting, WaitingCasework>();
        services.AddScoped<IFindByNumber, FindRequest>();
    }

    public void Shape(ModelBuilder model) => new ReviewStorage().Shape(model);

    /// <summary>To the next report of a list; where there is none, back to the list.</summary>
    private static string Onwards(ReportId? next, string list, string told) =>
        next is { } report ? $"/review/reports/{report}?{list}{told}" : $"/review?{list}{told}";

    /// <summary>To the lead when there is one, else to the match as it now stands.</summary>
    private static string After(DecideMatch.Receipt receipt) =>
        receipt.Lead is { } lead ? $"/review/leads/{lead}" : $"/review/matches/{receipt.Id}?stored=true";
}
