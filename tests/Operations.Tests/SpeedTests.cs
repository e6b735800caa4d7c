using System.Diagnostics;

namespace Homeward.Operations.Tests;

/// <summary>Says what the main path costs. No bound in time: a busy machine is no fault of the code; `./bench` measures.</summary>
public sealed class SpeedTests
{
    [Fact]
    public async Task Two_hundred_operations_are_planned_and_approved_in_one_go()
    {
        const int operations = 200;
        await using var given = await Given.HouseAsync();
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < operations; index++)
        {
            var id = await given.ReadyAsync(from: Given.Noon.AddHours(1 + (index % 40)), place: Given.Motel with { Latitude = 25 + index * 0.1 });
            (await given.ApproveAsync(id)).IsDone.ShouldBeTrue();
        }
        Console.WriteLine($"plan, verify, hand in, check, regional, approve: {watch.Elapsed.TotalMilliseconds / operations:0.0} ms together");
        (await given.ConflictsAsync()).ShouldBeEmpty();
    }
}
