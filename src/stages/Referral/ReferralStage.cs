using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Referral.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Referral;

/// <summary>The door into Referral: which office acts on a lead, and who is accountable until it does.</summary>
public sealed class ReferralStage : IStage
{
    public string Name => "referral";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Look<ListReferrals.Request, ListReferrals.Page, ListReferrals.Handler>("referral.list").At("/referral"),
        UseCase.Look<ShowReferral.Request, ShowReferral.Page, ShowReferral.Handler>("referral.show").At("/referral/{id}"),
        UseCase.Look<ProposeRoute.Request, ProposeRoute.Page, ProposeRoute.Handler>("referral.propose").At("/referral/route/{lead}"),
        UseCase.Change<ReferLead.Request, ReferLead.Receipt, ReferLead.Handler>("referral.refer")
            .At<ReferLead.Receipt>("/referral", receipt => $"/referral/{receipt.Id}"),
        UseCase.Change<DocumentVoiceContact.Request, DocumentVoiceContact.Receipt, DocumentVoiceContact.Handler>("referral.voice-contact")
            .At<DocumentVoiceContact.Receipt>("/referral/{id}/voice-contact", receipt => $"/referral/{receipt.Id}"),
        UseCase.Change<ConfirmReceipt.Request, ConfirmReceipt.Receipt, ConfirmReceipt.Handler>("referral.receive")
            .At<ConfirmReceipt.Receipt>("/referral/{id}/receipt", receipt => $"/referral/{receipt.Id}"),
        UseCase.Change<AcceptReferral.Request, AcceptReferral.Receipt, AcceptReferral.Handler>("referral.accept")
            .At<AcceptReferral.Receipt>("/referral/{id}/accept", receipt => $"/referral/{receipt.Id}"),
        UseCase.Change<ReturnReferral.Request, ReturnReferral.Receipt, ReturnReferral.Handler>("referral.return")
            .At<ReturnReferral.Receipt>("/referral/{id}/return", _ => "/referral"),
        UseCase.Change<TransferReferral.Request, TransferReferral.Receipt, TransferReferral.Handler>("referral.transfer")
            .At<TransferReferral.Receipt>("/referral/{id}/transfer", receipt => $"/referral/{receipt.Id}"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ReferralBook>();
        services.AddSingleton<IReferral, ReferralReader>();
        services.AddSingleton<Intake.IReportUse, ReferredReports>();
        services.AddSingleton<Intake.IDoorUse, ReferredReports>();
        services.AddScoped<IWaiting, WaitingReferrals>();
        services.AddScoped<IFindByNumber, FindReferral>();
        services.AddListener<LeadWithdrawn, WithdrawReferrals>(Name);
        services.AddListener<LeadGrew, TellOfGrownLead>(Name);
        services.AddSchedule<EscalateReferrals>();
        services.AddSchedule<FollowTerritory>();
    }

    public void Shape(ModelBuilder model) => new ReferralStorage().Shape(model);
}
