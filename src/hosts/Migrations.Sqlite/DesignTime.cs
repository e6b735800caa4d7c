using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Web;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Migrations.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>: the whole model, over a database that need not be there.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<HomewardDb>
{
    public HomewardDb CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHomeward(new HouseOptions(
            DatabaseTarget.Parse("design-time.db"), Path.GetTempPath(),
            Seed: null, Exercise: false, Demo: false, MigrationsAssembly: "Homeward.Migrations.Sqlite"), Line.Stages);
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<HomewardDb>();
    }
}
