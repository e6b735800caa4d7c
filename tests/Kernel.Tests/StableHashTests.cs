using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class StableHashTests
{
    [Fact]
    public void Any_hashes_are_kept_once_in_the_order_in_which_they_came() =>
        Gen.OneOf(Gen.ULong[0, 40], Gen.ULong, Gen.ULong[0, 40].Select(high => high << 58)).Array[0, 300].Sample(hashes =>
            StableHash.Once(hashes.ToArray()).ToArray().ShouldBe(hashes.Distinct()));
}
