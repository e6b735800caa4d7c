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
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<InitiativePlans>();
        services.AddSingleton<TallyDesk>();
        services.AddSingleton<ITally>(provider => provider.GetRequiredService<TallyDesk>());
        services.AddSingleton<IForeseeFigures>(provider => provider.GetRequiredService<TallyDesk>());
    }

    public void Shape(ModelBuilder model) => new ReleaseStorage().Shape(model);
}
