using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>Stands for a later stage: does what the test says, inside an act.</summary>
public sealed class LaterStage : IStage
{
    public sealed record Request(Func<Act, Task> What);

    public sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            await request.What(act);
            return Done.Value;
        }
    }

    public string Name => "later";
    public IReadOnlyList<UseCase> UseCases { get; } = [UseCase.Change<Request, Done, Handler>("intake.confirm-cleared")];
    public void AddServices(IServiceCollection services) { }
    public void Shape(ModelBuilder model) { }
}
