using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Outcomes.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Outcomes;

/// <summary>The door into Outcomes: what the field did, recorded as facts that are superseded and never overwritten.</summary>
public sealed class OutcomesStage : IStage
{
    public string Name => "outcomes";

    public IReadOnlyList<UseCase> UseCases { get; } =
    [
        UseCase.Change<RecordFinding.Request, RecordFinding.Receipt, RecordFinding.Handler>("outcomes.record")
            .At<RecordFinding.Receipt>("/outcomes/findings", receipt => $"/outcomes/findings/{receipt.Id}"),
        UseCase.Change<RecordAdult.Request, RecordAdult.Receipt, RecordAdult.Handler>("outcomes.record")
            .At<RecordAdult.Receipt>("/outcomes/adults", receipt => $"/outcomes/findings/{receipt.Id}"),
        UseCase.Change<RecordArrest.Request, RecordArrest.Receipt, RecordArrest.Handler>("outcomes.record")
            .At<RecordArrest.Receipt>("/outcomes/arrests", receipt => $"/outcomes/findings/{receipt.Id}"),
        UseCase.Change<OpenInvestigation.Request, OpenInvestigation.Receipt, OpenInvestigation.Handler>("outcomes.record")
            .At<OpenInvestigation.Receipt>("/outcomes/investigations", receipt => $"/outcomes/findings/{receipt.Id}"),
        UseCase.Change<RecordCourtEvent.Request, RecordCourtEvent.Receipt, RecordCourtEvent.Handler>("outcomes.record")
            .At<RecordCourtEvent.Receipt>("/outcomes/courts", receipt => $"/outcomes/findings/{receipt.Id}"),
        UseCase.Change<CorrectFact.Request, CorrectFact.Receipt, CorrectFact.Handler>("outcomes.correct")
            .At<CorrectFact.Receipt>("/outcomes/facts/{id}/correct", receipt => $"/outcomes/findings/{receipt.Replacement ?? receipt.Fact}"),
        UseCase.Change<ApproveCorrection.Request, CorrectFact.Receipt, ApproveCorrection.Handler>("outcomes.approve-correction")
            .At<CorrectFact.Receipt>("/outcomes/corrections/{id}/approve", receipt => $"/outcomes/findings/{receipt.Replacement ?? receipt.Fact}"),
        UseCase.Look<PreviewCorrection.Request, PreviewCorrection.Page, PreviewCorrection.Handler>("outcomes.correct").At("/outcomes/corrections/preview"),
        UseCase.Look<ListOutcomes.Request, ListOutcomes.Page, ListOutcomes.Handler>("outcomes.list").At("/outcomes"),
        UseCase.Look<ShowFact.Request, ShowFact.Page, ShowFact.Handler>("outcomes.show").At("/outcomes/findings/{id}"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IOutcomes, FactReader>();
        services.AddSingleton<ITellOutcomes, TellOutcomes>();
        services.AddSingleton<FactBook>();
        services.AddSingleton<PersonWriter>();
        services.AddSingleton<FoundChild>();
        services.AddSingleton<PersonIndex>();
        services.AddScoped<Corrections>();
        services.AddScoped<IWaiting, WaitingCorrections>();
        services.AddListener<FactRecorded, ProposeSame>(Name);
        services.AddListener<IdentityDecided, EndSearchWhenSame>(Name);
        services.AddListener<EntryReceived, ReindexEntries>(Name);
    }

    public void Shape(ModelBuilder model) => new OutcomesStorage().Shape(model);
}
