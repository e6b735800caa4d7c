using Homeward.Foundations.Access;
using Homeward.Intake.Model;
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
        UseCase.Change<ReceiveEntries.Request, ReceiveEntries.Receipt, ReceiveEntries.Handler>("intake.receive-entries").At("/intake/missing"),
        UseCase.Change<ReceiveTips.Request, BatchReceipt, ReceiveTips.Handler>("intake.receive-tips").At("/intake/tips"),
        UseCase.Change<ReceiveAgencyReferrals.Request, BatchReceipt, ReceiveAgencyReferrals.Handler>("intake.receive-referrals")
            .At("/intake/referrals"),
        UseCase.Change<ReportTip.Request, ReportTip.Receipt, ReportTip.Handler>("intake.report-tip")
            .At<ReportTip.Receipt>("/intake/hotline", receipt => $"/intake/hotline?number={receipt.Number}"),
        UseCase.Change<ConfirmCleared.Request, ConfirmCleared.Receipt, ConfirmCleared.Handler>("intake.confirm-cleared")
            .At<ConfirmCleared.Receipt>("/intake/missing/{entry}/cleared", receipt => $"/intake/missing/{receipt.Entry}"),
    ];

    public void AddServices(IServiceCollection services) => services.AddSingleton<IIntake, IntakeHandover>();

    public void Shape(ModelBuilder model) => new IntakeStorage().Shape(model);
}
