using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Referral.Tests;

/// <summary>A stage of the test's own, through which it does inside an act what another stage would do.</summary>
internal sealed class ActInHouse : IStage
{
    public string Name => "duties";
    public IReadOnlyList<UseCase> UseCases { get; } = [UseCase.Change<Request, Done, Handler>("duties.prove")];
    public void AddServices(IServiceCollection services) { }
    public void Shape(ModelBuilder model) { }

    internal sealed record Request(Func<Act, IReferral, Task> Do);

    internal sealed class Handler(IReferral referrals) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            await request.Do(act, referrals);
            return Done.Value;
        }
    }
}

internal static class ActInHouseCalls
{
    public static async Task ActAsync(this TestHouse house, Actor actor, Func<Act, IReferral, Task> act) =>
        (await house.DoAsync<ActInHouse.Request, Done>(actor, new(act))).IsDone.ShouldBeTrue();
}
