using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations;

/// <summary>The foundations' own door: people and partners, duties, who is the same as whom, the trace.</summary>
public sealed class HouseStage : IStage
{
    public string Name => "house";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Look<ListUsers.Request, ListUsers.Page, ListUsers.Handler>("access.list-users").At("/people/users"),
        UseCase.Change<AddUser.Request, AddUser.Receipt, AddUser.Handler>("access.add-user").At<AddUser.Receipt>("/people/users", _ => "/people/users"),
        UseCase.Change<EndUser.Request, Done, EndUser.Handler>("access.end-user").At<Done>("/people/users/{id}/end", _ => "/people/users"),
        UseCase.Change<InviteUser.Request, InviteUser.Receipt, InviteUser.Handler>("access.invite-user")
            .At<InviteUser.Receipt>("/people/users/{id}/invite", receipt => $"/people/invitations/{receipt.Id}"),
        UseCase.Look<ShowInvitation.Request, ShowInvitation.Page, ShowInvitation.Handler>("access.invite-user").At("/people/invitations/{id}"),
        UseCase.Change<JoinByInvitation.Request, Done, JoinByInvitation.Handler>("access.join"),
        UseCase.Change<BeginSession.Request, Done, BeginSession.Handler>("access.sign-in"),
        UseCase.Change<EndSession.Request, Done, EndSession.Handler>("access.sign-out"),
        UseCase.Look<ListOwnPasskeys.Request, ListOwnPasskeys.Page, ListOwnPasskeys.Handler>("access.own-passkeys").At("/me"),
        UseCase.Change<AddPasskey.Request, Done, AddPasskey.Handler>("access.own-passkeys"),
        UseCase.Change<RemovePasskey.Request, Done, RemovePasskey.Handler>("access.own-passkeys").At<Done>("/me/remove", _ => "/me"),
        UseCase.Change<ImportPartners.Request, ImportPartners.Receipt, ImportPartners.Handler>("partners.import").At("/partners"),
        UseCase.Change<ProveDuty.Request, Done, ProveDuty.Handler>("duties.prove").At<Done>("/duties/{id}/prove", _ => "/"),
        UseCase.Change<WaiveDuty.Request, Done, WaiveDuty.Handler>("duties.waive").At<Done>("/duties/{id}/waive", _ => "/"),
        UseCase.Look<ListDuties.Request, ListDuties.Page, ListDuties.Handler>("duties.list").At("/duties"),
        UseCase.Look<ShowDuty.Request, ShowDuty.Page, ShowDuty.Handler>("duties.show").At("/duties/{id}"),
        UseCase.Change<DecideSame.Request, DecideSame.Receipt, DecideSame.Handler>("people.decide-same")
            .At<DecideSame.Receipt>("/people/decisions", _ => "/people/proposals"),
        UseCase.Look<ListProposals.Request, ListProposals.Page, ListProposals.Handler>("people.ledger").At("/people/proposals"),
        UseCase.Look<ShowTrace.Request, ShowTrace.Page, ShowTrace.Handler>("audit.trace").At("/trace"),
        UseCase.Look<ShowHome.Request, ShowHome.Page, ShowHome.Handler>("house.home").At("/home"),
        UseCase.Look<ListNotices.Request, ListNotices.Page, ListNotices.Handler>("house.notices").At("/notices"),
        UseCase.Change<SeeNotice.Request, Done, SeeNotice.Handler>("house.notices").At<Done>("/notices/{id}/seen", _ => "/notices"),
        UseCase.Look<FindByNumber.Request, FindByNumber.Page, FindByNumber.Handler>("house.find").At("/search"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<InvitationCodes>();
        services.AddIdentityCore<User>();
        services.AddScoped<IUserStore<User>, PasskeyStore>();
        services.AddSingleton<DutyBook>();
        services.AddScoped<DutyRows>();
        services.AddSingleton<IdentityLedger>();
        services.AddSchedule<EscalateDuties>();
        services.AddScoped<IWaiting, WaitingDuties>();
        services.AddScoped<IWaiting, WaitingProposals>();
        services.AddScoped<IWaiting, WaitingNotices>();
    }

    public void Shape(ModelBuilder model)
    {
        IStoragePart[] parts =
        [
            new AccessStorage(), new AuditStorage(), new DutyStorage(), new MarkStorage(), new NoticeStorage(), new PartnerStorage(), new PeopleStorage(),
            new SigningInStorage(), new TimetableStorage(), new WorkStorage(),
        ];
        foreach (var part in parts) part.Shape(model);
    }
}
