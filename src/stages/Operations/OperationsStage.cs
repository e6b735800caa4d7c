using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Operations;

/// <summary>The door into Operations: initiatives, operations and their deconfliction.</summary>
public sealed class OperationsStage : IStage
{
    public string Name => "operations";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Change<OpenInitiative.Request, OpenInitiative.Receipt, OpenInitiative.Handler>("operations.open-initiative")
            .At<OpenInitiative.Receipt>("/operations/initiatives", _ => "/operations"),
        UseCase.Look<ListOperations.Request, ListOperations.Page, ListOperations.Handler>("operations.list").At("/operations"),
        UseCase.Look<ShowDesk.Request, ShowDesk.Page, ShowDesk.Handler>("operations.desk").At("/operations/desk"),
        UseCase.Look<PreparePlan.Request, PreparePlan.Page, PreparePlan.Handler>("operations.plan").At("/operations/plan"),
        UseCase.Look<ShowOperation.Request, ShowOperation.Page, ShowOperation.Handler>("operations.show").At("/operations/{id}"),
        UseCase.Change<PlanOperation.Request, PlanOperation.Receipt, PlanOperation.Handler>("operations.plan")
            .At<PlanOperation.Receipt>("/operations", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<VerifyPlace.Request, VerifyPlace.Receipt, VerifyPlace.Handler>("operations.verify-place")
            .At<VerifyPlace.Receipt>("/operations/{id}/verify", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<SubmitEvent.Request, SubmitEvent.Receipt, SubmitEvent.Handler>("operations.submit-event")
            .At<SubmitEvent.Receipt>("/operations/{operation}/events", receipt => $"/operations/{receipt.Operation}"),
        UseCase.Change<RecordRegionalCheck.Request, RecordRegionalCheck.Receipt, RecordRegionalCheck.Handler>("operations.regional-check")
            .At<RecordRegionalCheck.Receipt>("/operations/events/{event}/regional", receipt => receipt.AtDesk ? "/operations/desk" : $"/operations/{receipt.Operation}"),
        UseCase.Change<ReleaseContacts.Request, ReleaseContacts.Receipt, ReleaseContacts.Handler>("operations.release-contacts")
            .At<ReleaseContacts.Receipt>("/operations/conflicts/{conflict}/contacts", _ => "/operations/desk"),
        UseCase.Change<ResolveConflict.Request, ResolveConflict.Receipt, ResolveConflict.Handler>("operations.agree")
            .At<ResolveConflict.Receipt>("/operations/conflicts/{conflict}/agree", receipt => $"/operations/{receipt.Operation}"),
        UseCase.Change<OverrideConflict.Request, OverrideConflict.Receipt, OverrideConflict.Handler>("operations.override")
            .At<OverrideConflict.Receipt>("/operations/conflicts/{conflict}/override", _ => "/operations/desk"),
        UseCase.Change<ApproveOperation.Request, ApproveOperation.Receipt, ApproveOperation.Handler>("operations.approve")
            .At<ApproveOperation.Receipt>("/operations/{id}/approve", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<StartOperation.Request, StartOperation.Receipt, StartOperation.Handler>("operations.start")
            .At<StartOperation.Receipt>("/operations/{id}/start", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<LogEntry.Request, LogEntry.Receipt, LogEntry.Handler>("operations.log")
            .At<LogEntry.Receipt>("/operations/{id}/log", receipt => $"/operations/{receipt.Operation}"),
        UseCase.Change<CloseOperation.Request, CloseOperation.Receipt, CloseOperation.Handler>("operations.close")
            .At<CloseOperation.Receipt>("/operations/{id}/close", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<MoveOperation.Request, MoveOperation.Receipt, MoveOperation.Handler>("operations.move")
            .At<MoveOperation.Receipt>("/operations/{id}/move", receipt => $"/operations/{receipt.Id}"),
        UseCase.Change<CallOff.Request, CallOff.Receipt, CallOff.Handler>("operations.call-off")
            .At<CallOff.Receipt>("/operations/{id}/call-off", receipt => $"/operations/{receipt.Id}"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<OperationBook>();
        services.AddSingleton<EventDesk>();
        services.AddSingleton<IOperations, OperationsReader>();
        services.AddScoped<IWaiting, WaitingOperations>();
        services.AddScoped<IFindByNumber, FindOperation>();
        services.AddListener<CheckEvent, CheckSubmitted>(Name);
        services.AddSchedule<CheckOwedEvents>();
    }

    public void Shape(ModelBuilder model) => new OperationsStorage().Shape(model);
}
