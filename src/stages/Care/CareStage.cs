using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Outcomes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Care;

/// <summary>The door into Care: services for victims, behind a wall of its own, in two rooms.</summary>
public sealed class CareStage : IStage
{
    public string Name => "care";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Look<ListCare.Request, ListCare.Page, ListCare.Handler>("care.list").At("/care"),
        UseCase.Change<OpenCarePlan.Request, OpenCarePlan.Receipt, OpenCarePlan.Handler>("care.open-plan")
            .At<OpenCarePlan.Receipt>("/care/plans", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Look<ShowCarePlan.Request, ShowCarePlan.Page, ShowCarePlan.Handler>("care.read-plan").At("/care/plans/{id}"),
        UseCase.Change<OfferServices.Request, OfferServices.Receipt, OfferServices.Handler>("care.offer-services")
            .At<OfferServices.Receipt>("/care/plans/{id}/offers", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<WriteSafetyPlan.Request, WriteSafetyPlan.Receipt, WriteSafetyPlan.Handler>("care.write-note")
            .At<WriteSafetyPlan.Receipt>("/care/plans/{id}/safety", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<WriteCareNote.Request, WriteCareNote.Receipt, WriteCareNote.Handler>("care.write-note")
            .At<WriteCareNote.Receipt>("/care/plans/{id}/notes", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<GiveNotice.Request, GiveNotice.Receipt, GiveNotice.Handler>("care.give-notice")
            .At<GiveNotice.Receipt>("/care/plans/{id}/notices", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<NotifyHhs.Request, NotifyHhs.Receipt, NotifyHhs.Handler>("care.give-notice")
            .At<NotifyHhs.Receipt>("/care/plans/{id}/hhs", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<RecordConsent.Request, RecordConsent.Receipt, RecordConsent.Handler>("care.consent")
            .At<RecordConsent.Receipt>("/care/plans/{id}/consents", receipt => $"/care/plans/{receipt.Id}"),
        UseCase.Change<WithdrawConsent.Request, WithdrawConsent.Receipt, WithdrawConsent.Handler>("care.consent")
            .At<WithdrawConsent.Receipt>("/care/consents/{id}/withdraw", receipt => $"/care/plans/{receipt.Plan}"),
        UseCase.Look<ListAdvocateFiles.Request, ListAdvocateFiles.Page, ListAdvocateFiles.Handler>("care.advocate-room").At("/advocate"),
        UseCase.Change<OpenAdvocateFile.Request, OpenAdvocateFile.Receipt, OpenAdvocateFile.Handler>("care.advocate-write")
            .At<OpenAdvocateFile.Receipt>("/advocate/files", receipt => $"/advocate/files/{receipt.Id}"),
        UseCase.Look<ShowAdvocateFile.Request, ShowAdvocateFile.Page, ShowAdvocateFile.Handler>("care.advocate-room").At("/advocate/files/{id}"),
        UseCase.Change<WriteAdvocateNote.Request, WriteAdvocateNote.Receipt, WriteAdvocateNote.Handler>("care.advocate-write")
            .At<WriteAdvocateNote.Receipt>("/advocate/files/{id}/notes", receipt => $"/advocate/files/{receipt.Id}"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<Room>();
        services.AddSingleton<ICare, CareCounts>();
        services.AddScoped<IWaiting, WaitingCare>();
        services.AddListener<ChildFound, NoteNeed>(Name);
        services.AddListener<AdultVictimIdentified, NoteNeed>(Name);
    }

    public void Shape(ModelBuilder model) => new CareStorage().Shape(model);
}
