using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Intake.Providers;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake;

/// <summary>Intake's door: what outsiders send comes in here, is kept as it came, and is never lost or counted twice.</summary>
public sealed class IntakeStage : IStage
{
    public string Name => "intake";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Change<ReceiveReports.Request, ReceiveReports.Receipt, ReceiveReports.Handler>("intake.receive-reports").At("/intake/reports"),
        UseCase.Change<ReextractReports.Request, ReextractReports.Receipt, ReextractReports.Handler>("intake.reextract"),
        UseCase.Change<ReceivePackage.Request, ReceivePackage.Receipt, ReceivePackage.Handler>(PackageArrivals.Action),
        UseCase.Look<ListArrivals.Request, ListArrivals.Page, ListArrivals.Handler>(PackageArrivals.Action).At("/intake/arrivals"),
        UseCase.Look<ShowArrival.Request, ShowArrival.Page, ShowArrival.Handler>(PackageArrivals.Action).At("/intake/arrivals/{id}"),
        UseCase.Change<ReceiveEntries.Request, ReceiveEntries.Receipt, ReceiveEntries.Handler>("intake.receive-entries").At("/intake/missing"),
        UseCase.Change<ReceiveAlerts.Request, ReceiveAlerts.Receipt, ReceiveAlerts.Handler>("intake.receive-alerts").At("/intake/alerts"),
        UseCase.Look<ListAlerts.Request, ListAlerts.Page, ListAlerts.Handler>("intake.alerts").At("/intake/alerts"),
        UseCase.Look<ShowAlert.Request, ShowAlert.Page, ShowAlert.Handler>("intake.alerts").At("/intake/alerts/{id}"),
        UseCase.Look<ShowPlate.Request, ShowPlate.Page, ShowPlate.Handler>("intake.plate").At("/intake/plates/{plate}"),
        UseCase.Change<DecideAlert.Request, DecideAlert.Receipt, DecideAlert.Handler>("intake.decide-alert")
            .At<DecideAlert.Receipt>("/intake/alerts/{alert}/entry", receipt => $"/intake/alerts/{receipt.Alert}"),
        UseCase.Change<DecideAlertCancel.Request, DecideAlertCancel.Receipt, DecideAlertCancel.Handler>("intake.decide-alert-cancel")
            .At<DecideAlertCancel.Receipt>("/intake/alerts/{alert}/cancel", receipt => $"/intake/alerts/{receipt.Alert}"),
        UseCase.Change<ReceiveTips.Request, BatchReceipt, ReceiveTips.Handler>("intake.receive-tips").At("/intake/tips"),
        UseCase.Change<ReceiveAgencyReferrals.Request, BatchReceipt, ReceiveAgencyReferrals.Handler>("intake.receive-referrals")
            .At("/intake/referrals"),
        UseCase.Change<ReportTip.Request, ReportTip.Receipt, ReportTip.Handler>("intake.report-tip")
            .At<ReportTip.Receipt>("/intake/hotline", receipt => $"/intake/hotline?number={receipt.Number}&tip={receipt.Id}"),
        UseCase.Look<ListDoors.Request, ListDoors.Page, ListDoors.Handler>("intake.door").At("/intake/tips"),
        UseCase.Change<OpenDoor.Request, OpenDoor.Receipt, OpenDoor.Handler>("intake.door")
            .At<OpenDoor.Receipt>("/intake/tips/{id}/open", receipt => $"/intake/tips/{receipt.Id}"),
        UseCase.Look<ShowDoor.Request, ShowDoor.Page, ShowDoor.Handler>("intake.door").At("/intake/tips/{id}"),
        UseCase.Look<ShowClaim.Request, ShowClaim.Page, ShowClaim.Handler>("intake.narrative").At("/intake/tips/{id}/versions/{version}/narrative"),
        UseCase.Change<ConfirmCleared.Request, ConfirmCleared.Receipt, ConfirmCleared.Handler>("intake.confirm-cleared")
            .At<ConfirmCleared.Receipt>("/intake/missing/{entry}/cleared", receipt => $"/intake/missing/{receipt.Entry}"),
        UseCase.Change<NoteAgencyTold.Request, NoteAgencyTold.Receipt, NoteAgencyTold.Handler>("intake.agency-told")
            .At<NoteAgencyTold.Receipt>("/intake/missing/{entry}/agency-told", receipt => $"/intake/missing/{receipt.Entry}"),
        UseCase.Change<SealFile.Request, SealFile.Receipt, SealFile.Handler>("intake.seal-file"),
        UseCase.Change<OpenReport.Request, OpenReport.Receipt, OpenReport.Handler>("intake.report")
            .At<OpenReport.Receipt>("/intake/reports/{id}/open", receipt => $"/intake/reports/{receipt.Id}"),
        UseCase.Look<ShowReport.Request, ShowReport.Page, ShowReport.Handler>("intake.report").At("/intake/reports/{id}"),
        UseCase.Look<ShowNarrative.Request, ShowNarrative.Page, ShowNarrative.Handler>("intake.narrative")
            .At("/intake/reports/{id}/versions/{version}/narrative"),
        UseCase.Look<ShowIntake.Request, ShowIntake.Page, ShowIntake.Handler>("intake.overview").At("/intake"),
        UseCase.Look<ListRejects.Request, ListRejects.Page, ListRejects.Handler>("intake.rejects").At("/intake/rejects"),
        UseCase.Look<ListProviders.Request, ListProviders.Page, ListProviders.Handler>("intake.providers").At("/intake/providers"),
        UseCase.Look<ShowProvider.Request, ShowProvider.Page, ShowProvider.Handler>("intake.providers").At("/intake/providers/{id}"),
        UseCase.Change<AddProvider.Request, AddProvider.Receipt, AddProvider.Handler>("intake.add-provider")
            .At<AddProvider.Receipt>("/intake/providers", receipt => $"/intake/providers/{receipt.Id:N}"),
        UseCase.Change<ChangeProvider.Request, ChangeProvider.Receipt, ChangeProvider.Handler>("intake.change-provider")
            .At<ChangeProvider.Receipt>("/intake/providers/{id}/change", receipt => $"/intake/providers/{receipt.Id:N}"),
        UseCase.Change<EndProvider.Request, EndProvider.Receipt, EndProvider.Handler>("intake.end-provider")
            .At<EndProvider.Receipt>("/intake/providers/{id}/end", receipt => $"/intake/providers/{receipt.Id:N}"),
        UseCase.Look<ShowRetention.Request, ShowRetention.Page, ShowRetention.Handler>("intake.retention").At("/intake/retention"),
        UseCase.Change<PlaceHold.Request, PlaceHold.Receipt, PlaceHold.Handler>("intake.hold").At<PlaceHold.Receipt>("/intake/holds", receipt => HeldAt(receipt.Id)),
        UseCase.Change<LiftHold.Request, LiftHold.Receipt, LiftHold.Handler>("intake.hold").At<LiftHold.Receipt>("/intake/holds/{id}/lift", receipt => HeldAt(receipt.Id)),
        UseCase.Look<ListPurges.Request, ListPurges.Page, ListPurges.Handler>("intake.purges").At("/intake/purges"),
        UseCase.Look<ShowPurge.Request, ShowPurge.Page, ShowPurge.Handler>("intake.purges").At("/intake/purges/{id}"),
        UseCase.Change<ProposePurge.Request, ProposePurge.Receipt, ProposePurge.Handler>("intake.propose-purge")
            .At<ProposePurge.Receipt>("/intake/purges", _ => "/intake/retention"),
        UseCase.Change<ApprovePurge.Request, ApprovePurge.Receipt, ApprovePurge.Handler>("intake.approve-purge")
            .At<ApprovePurge.Receipt>("/intake/purges/{id}/approve", _ => "/intake/retention"),
        UseCase.Change<DropPurge.Request, DropPurge.Receipt, DropPurge.Handler>("intake.approve-purge")
            .At<DropPurge.Receipt>("/intake/purges/{id}/drop", _ => "/intake/retention"),
        UseCase.Change<TakeCalls.Request, TakeCalls.Receipt, TakeCalls.Handler>(ProviderDoor.Action),
        UseCase.Look<ListMissing.Request, ListMissing.Page, ListMissing.Handler>("intake.missing").At("/intake/missing"),
        UseCase.Look<ShowMissing.Request, ShowMissing.Page, ShowMissing.Handler>("intake.missing").At("/intake/missing/{id}"),
    ];

    /// <summary>At the hold, which says what was done.</summary>
    private static string HeldAt(Guid hold) => $"/intake/retention?done={StrongId.Text(hold)}#hold-{StrongId.Text(hold)}";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IIntake, IntakeHandover>();
        services.AddSingleton<FreshReports>();
        services.AddSingleton(provider => new LookGenerations(
            provider.GetRequiredService<HouseClock>(), provider.GetRequiredService<HouseOptions>().Database.IsSqlite ? LookGenerations.OnSqlite : LookGenerations.OnPostgres));
        services.AddSingleton<TextSearch>();
        services.AddSingleton<Locating>();
        services.AddSingleton<DoorShelf>();
        services.AddSingleton(provider => new SealedBlobs(
            provider.GetRequiredService<HouseOptions>().BlobFolder, provider.GetRequiredService<HouseOptions>().Disk, provider.GetRequiredService<StorageWatch>()));
        services.AddSingleton<SealedArrivals>();
        services.AddSingleton<PackageArrivals>();
        services.AddSingleton<Appearances>();
        services.AddSingleton<Packages.EarlierReports>();
        services.AddSingleton<IForeignDoor, PackageDoor>();
        services.AddSingleton<AlertReading>();
        services.AddSingleton<AlertShelf>();
        services.AddSingleton<PlateBook>();
        services.AddSingleton<AlertCandidates>();
        services.AddSingleton<ProviderAccounts>();
        services.AddSingleton<Quotas>();
        services.AddSingleton<IPostbox, Postbox>();
        services.AddSingleton<RefusalTally>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusalTally>());
        services.AddSingleton<ReportNumbers>();
        services.AddSingleton<LineUploads>();
        services.AddSingleton<IForeignDoor, ProviderDoor>();
        services.AddHostedService<OpenLine>();
        services.AddListener<FilesWithdrawn, RemoveWithdrawnFiles>(Name);
        services.AddListener<PurgeGoesOn, CarryOutPurge>(Name);
        services.AddListener<PurgeEnds, PurgeProof>(Name);
        services.AddListener<PurgeGathers, GatherPurge>(Name);
        services.AddSchedule<ProposeDuePurge>();
        services.AddSingleton<IRetained, RetainedReports>();
        services.AddSingleton<IRetained, RetainedDoors>();
        services.AddSingleton<IRetained, RetainedArrivals>();
        services.AddSingleton<IRetained, RetainedAlerts>();
        services.AddSingleton<IRetained, RetainedRejects>();
        services.AddSingleton<ArrivalBook>();
        services.AddSingleton<RetentionDesk>();
        services.AddSingleton<PurgeShelf>();
        services.AddSingleton<VerifyContents>();
        services.AddSchedule<ExpireSubmissions>();
        services.AddSchedule<ForgetRefused>();
        services.AddScoped<IWaiting, WaitingAlerts>();
        services.AddScoped<INameSubjects, IntakeSubjects>();
        services.AddScoped<IWaiting, WaitingAmber>();
        services.AddScoped<IWaiting, WaitingPurge>();
        services.AddScoped<IFindByNumber, FindReport>();
        services.AddScoped<IFindByNumber, FindEntry>();
        services.AddScoped<IFindByNumber, FindPlate>();
        services.AddScoped<IFindByNumber, FindDoor>();
    }

    public void Shape(ModelBuilder model)
    {
        new IntakeStorage().Shape(model);
        new ProviderStorage().Shape(model);
        new RetentionStorage().Shape(model);
    }
}
