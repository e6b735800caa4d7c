using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Homeward.Foundations;

/// <summary>What a host decides about the house it puts up.</summary>
/// <param name="KeyFolder">Where keys are kept, outside the database.</param>
/// <param name="Seed">Makes ids repeatable, for scenarios and tests; null for production.</param>
/// <param name="Exercise">Every page, print and export carries EXERCISE .</param>
/// <param name="MigrationsAssembly">Holds the migrations of this database.</param>
public sealed record HouseOptions(
    DatabaseTarget Database, string KeyFolder, long? Seed, bool Exercise, bool Demo, string MigrationsAssembly)
{
    /// <summary>Where sealed files lie: beside the keys' folder, unless the host says otherwise.</summary>
    public string BlobFolder { get; init; } = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(KeyFolder)) ?? KeyFolder, "blobs");
}

/// <summary>Puts up the house: foundations first, then the stages in their order.</summary>
public static class HomewardServices
{
    public static IServiceCollection AddHomeward(
        this IServiceCollection services, HouseOptions options, IReadOnlyList<IStage> stages)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Database);
        // By hand: the container would choose the constructor that takes a TimeProvider, which is this clock again.
        services.AddSingleton(_ => new HouseClock());
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<HouseClock>());
        services.AddSingleton<IIdSource>(provider => options.Seed is { } seed
            ? new SeededIds(provider.GetRequiredService<HouseClock>(), seed)
            : new TimeOrderedIds(provider.GetRequiredService<HouseClock>()));
        services.AddSingleton(AuthorizationTable.Shipped);
        services.AddSingleton(RuleBook.Shipped);
        services.AddSingleton<StageSwitch>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton(_ => new KeyStore(options.KeyFolder));
        services.AddSingleton<Envelope>();
        services.AddSingleton<TraceBook>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<ExportTrace>();
        services.AddSingleton<Database>();
        services.AddSingleton<Courier>();
        services.AddSingleton<Timetable>();
        services.AddSingleton<Desk>();
        services.AddSingleton<ConnectionSetup>();
        services.AddDbContext<HomewardDb>((provider, context) =>
        {
            context.AddInterceptors(provider.GetRequiredService<ConnectionSetup>());
            if (options.Database.IsSqlite)
                context.UseSqlite(options.Database.ConnectionString, sqlite => sqlite.MigrationsAssembly(options.MigrationsAssembly));
            else
                context.UseNpgsql(options.Database.ConnectionString, postgres => postgres.MigrationsAssembly(options.MigrationsAssembly));
        }, ServiceLifetime.Scoped, ServiceLifetime.Singleton);

        foreach (var stage in stages.Prepend(new HouseStage()))
        {
            services.AddSingleton(stage);
            services.AddSingleton<IStoragePart>(stage);
            stage.AddServices(services);
            foreach (var useCase in stage.UseCases) services.AddScoped(useCase.Handler);
        }
        return services;
    }
}
