using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Access.Tests;

/// <summary>A marked name goes into every word of every request of every stage; then it is looked for where it may not be.</summary>
/// <remarks>The ids in these requests are ids of nothing: how far a name goes with real rows is for each stage's own tests.</remarks>
public sealed class MarkedNameTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Mark = "Quorvelle";

    [Fact]
    public async Task No_name_reaches_the_trace_the_queue_or_the_log_and_no_use_case_falls_over()
    {
        var log = new Lines();
        house.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var desk = house.App.Services.GetRequiredService<Desk>();
        var fallen = new List<string>();
        foreach (var useCase in desk.UseCases.OrderBy(one => one.Action, StringComparer.Ordinal))
        {
            var role = Enum.GetValues<Role>().First(role => AuthorizationTable.Shipped.Allows(role, useCase.Action));
            var actor = await house.PersonAsync(role, "KC", "KC-01", "MO0010000");
            try
            {
                await desk.DoAsync(actor, Filled(useCase.Request, 0)!, CancellationToken.None);
            }
            catch (Exception fault)
            {
                fallen.Add($"{useCase.Request.FullName}: {fault.GetType().Name} {fault.Message.Split('\n')[0]}");
            }
        }
        await using var scope = house.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        (await db.Connection().QueryAsync<string>("SELECT action || ' ' || agency || ' ' || outcome || ' ' || subject_type || ' ' || codes FROM audit_entries"))
            .Where(IsMarked).ShouldBeEmpty();
        (await db.Connection().QueryAsync<string>("SELECT kind || ' ' || payload FROM work")).Where(IsMarked).ShouldBeEmpty();
        log.Written.Where(IsMarked).ShouldBeEmpty();
        fallen.ShouldBeEmpty();
    }

    private static bool IsMarked(string text) => text.Contains(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>A value of the type with the mark in every word of it.</summary>
    private static object? Filled(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Filled(inner, depth);
        if (type == typeof(string)) return Mark + " twice " + Mark;
        if (type == typeof(Guid)) return new Guid("0190f3c2-a5d0-7e3f-8a4b-000000000001");
        if (StrongId.IsStrongId(type)) return Activator.CreateInstance(type, new Guid("0190f3c2-a5d0-7e3f-8a4b-000000000001"));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2019, 7, 1, 11, 0, 0, TimeSpan.Zero);
        if (type == typeof(DateOnly)) return new DateOnly(2019, 7, 1);
        if (type == typeof(PartialDate)) return PartialDate.OfYear(2004);
        if (type == typeof(byte[])) return Encoding.UTF8.GetBytes(Mark);
        if (type == typeof(Stream)) return new MemoryStream(Encoding.UTF8.GetBytes(Mark));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (type == typeof(bool)) return true;
        if (type.IsPrimitive || type == typeof(decimal)) return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (depth > 6) return null;
        if (type.IsArray) return ListOf(type.GetElementType()!, depth);
        if (type.IsGenericType && type.IsInterface && type.GetGenericArguments() is [var item])
            return type.IsAssignableFrom(item.MakeArrayType()) ? ListOf(item, depth) : null;
        if (type.IsInterface || type.IsAbstract) return null;
        var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length);
        return constructor?.Invoke([.. constructor.GetParameters().Select(parameter => Filled(parameter.ParameterType, depth + 1))]);
    }

    private static Array ListOf(Type item, int depth)
    {
        var list = Array.CreateInstance(item, 1);
        list.SetValue(Filled(item, depth + 1), 0);
        return list;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}
