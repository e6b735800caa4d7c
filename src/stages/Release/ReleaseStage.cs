using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Release;

/// <summary>The door into Release: figures from facts, and what the public is told of them.</summary>
public sealed class ReleaseStage : IStage
{
    public string Name => "release";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Look<TallyInitiative.Request, TallyInitiative.Page, TallyInitiative.Handler>("release.tally").At("/release/tally"),
        UseCase.Look<OpenFigure.Request, OpenFigure.Page, OpenFigure.Handler>("release.open-figure").At("/release/tally/{measure}"),
        UseCase.Change<CertifyOffice.Request, Done, CertifyOffice.Handler>("release.certify").At<Done>("/release/certify", _ => "/release/tally"),
        UseCase.Look<ReconcileOffices.Request, ReconcileOffices.Page, ReconcileOffices.Handler>("release.reconcile").At("/release/reconciliation"),
        UseCase.Look<ShowBoard.Request, ShowBoard.Page, ShowBoard.Handler>("release.board").At("/board"),
        UseCase.Look<ShowOffice.Request, ShowOffice.Page, ShowOffice.Handler>("release.tally").At("/release/offices/{code}"),
        UseCase.Change<FreezeSnapshot.Request, FreezeSnapshot.Receipt, FreezeSnapshot.Handler>("release.freeze")
            .At<FreezeSnapshot.Receipt>("/release/snapshots", _ => "/release/announcements"),
        UseCase.Look<CheckSnapshot.Request, CheckSnapshot.Page, CheckSnapshot.Handler>("release.reconcile").At("/release/snapshots/{id}/check"),
        UseCase.Change<PreviewOffice.Request, PreviewOffice.Receipt, PreviewOffice.Handler>("release.preview-office")
            .At<PreviewOffice.Receipt>("/release/previews", receipt => $"/release/offices/{receipt.Office}"),
        UseCase.Change<DraftAnnouncement.Request, DraftAnnouncement.Receipt, DraftAnnouncement.Handler>("release.draft")
            .At<DraftAnnouncement.Receipt>("/release/drafts", receipt => $"/release/announcements/{receipt.Id}"),
        UseCase.Change<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt, ApproveAnnouncement.Handler>("release.approve")
            .At<ApproveAnnouncement.Receipt>("/release/announcements/{id}/approve", receipt => $"/release/announcements/{receipt.Id}"),
        UseCase.Change<PublishAnnouncement.Request, PublishAnnouncement.Receipt, PublishAnnouncement.Handler>("release.publish")
            .At<PublishAnnouncement.Receipt>("/release/announcements/{id}/publish", receipt => $"/release/announcements/{receipt.Id}"),
        UseCase.Change<CorrectAnnouncement.Request, CorrectAnnouncement.Receipt, CorrectAnnouncement.Handler>("release.correct")
            .At<CorrectAnnouncement.Receipt>("/release/announcements/{id}/correct", receipt => $"/release/announcements/{receipt.Id}"),
        UseCase.Look<ShowAnnouncement.Request, ShowAnnouncement.Page, ShowAnnouncement.Handler>("release.read").At("/release/announcements/{id}"),
        UseCase.Look<ListAnnouncements.Request, ListAnnouncements.Page, ListAnnouncements.Handler>("release.read").At("/release/announcements"),
        UseCase.Look<ExportAnnouncement.Request, ExportAnnouncement.Page, ExportAnnouncement.Handler>("release.export").At("/release/announcements/{id}/files/{format}"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<InitiativePlans>();
        services.AddSingleton<TallyDesk>();
        services.AddSingleton<ITally>(provider => provider.GetRequiredService<TallyDesk>());
        services.AddSingleton<Drafting>();
        services.AddSingleton<CheckFacts>();
        services.AddScoped<IWaiting, WaitingReleases>();
        services.AddSingleton<IForeseeFigures>(provider => provider.GetRequiredService<TallyDesk>());
    }

    public void Shape(ModelBuilder model) => new ReleaseStorage().Shape(model);
}
