using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Homeward.Intake.Providers;

/// <summary>Opens the line when the house begins to serve: in an exercise, with the account that everybody knows.</summary>
internal sealed class OpenLine(HouseOptions options, HouseClock clock, IIdSource ids, WriteGate gate) : IHostedService
{
    private const string TestName = "test-esp";
    private const string TestPassword = "test-pass";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ClearingHouse is not { TestAccount: true }) return;
        Ensure.That(options.Exercise);
        await using var pass = await gate.EnterAsync(cancellationToken);
        var db = pass.Db;
        if (await db.Set<ProviderAccount>().AnyAsync(row => row.Name == TestName, cancellationToken)) return;
        db.Add(new ProviderAccount
        {
            Id = ids.Next(), Name = TestName, Company = "Example Provider (exercise)", Secret = Passwords.Keep(TestPassword), IsLenient = false,
            FromAt = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
