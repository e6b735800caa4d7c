using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Providers;
using Homeward.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homeward.Bench.Intake;

/// <summary>The house itself, but that each call has a transaction of its own: what gathering them is worth. Runs in a process of its own, as the house does.</summary>
internal static class OneEachHouse
{
    public const string Kind = "one-each-house";

    /// <summary>The process itself.</summary>
    public static async Task<int> ServeAsync(string database, string urls)
    {
        var options = new HouseOptions(DatabaseTarget.Parse(database), Path.GetFullPath("one-each-keys"), null, true, true, "Homeward.Migrations.Postgres")
        {
            ClearingHouse = new ClearingHouseOptions(TestAccount: true), AdoptsKeys = true,
        };
        await using var app = HomewardWeb.Build(options, [.. Line.Stages, new Part()], urls, LogLevel.Warning);
        if (!(await app.Services.GetRequiredService<Database>().PrepareAsync(CancellationToken.None)).IsDone) return 1;
        await app.StartAsync();
        Console.WriteLine(ReceiverProcess.Ready);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Stands behind the stages, so that its way of posting is the one that counts.</summary>
    private sealed class Part : IStage
    {
        public string Name => "bench";
        public IReadOnlyList<UseCase> UseCases => [];
        public void AddServices(IServiceCollection services) => services.AddSingleton<IPostbox, OneEach>();
        public void Shape(ModelBuilder model) { }
    }

    /// <summary>As many at once as the database has connections for.</summary>
    private sealed class OneEach(Desk desk) : IPostbox
    {
        public async Task<LineAnswer> PostAsync(LineCall call)
        {
            var answer = await desk.DoAsync<TakeCalls.Request, TakeCalls.Receipt>(Actor.House, new([call]), CancellationToken.None);
            return answer.TryGet(out var receipt, out var problem) ? receipt.Answers[0] : throw new InvalidOperationException(problem.What);
        }
    }
}
