using System.Diagnostics;

namespace Homeward.Intake.Tests;

/// <summary>Not a benchmark: a bound so wide that only a change of kind breaks it. <c>bench intake</c> measures.</summary>
public sealed class SpeedTests
{
    [Fact]
    public async Task Two_thousand_reports_and_five_hundred_entries_do_not_take_a_transaction_each()
    {
        await using var house = await Given.HouseAsync();
        var reports = Enumerable.Range(0, 2_000).Select(index => index % 2 == 0 ? Given.Xml(Given.Number(index)) : Given.Json(Given.Number(index))).ToArray();
        var lines = Enumerable.Range(0, 500).Select(index => Given.Line(Given.Entry($"M{index:000000000}"), index + 1)).ToArray();
        var watch = Stopwatch.StartNew();
        await house.ReceiveAsync(reports);
        var reportsTook = watch.Elapsed;
        await house.ReceiveAsync(lines);
        TestContext.Current.TestOutputHelper?.WriteLine($"reports {reportsTook.TotalMilliseconds:0} ms, then entries {(watch.Elapsed - reportsTook).TotalMilliseconds:0} ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
