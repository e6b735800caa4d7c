namespace Homeward.Linkage;

/// <summary>How a measure of the body is spread among children of an age and sex, in the form of Cole and Green (1992): power, median, coefficient of variation.</summary>
/// <remarks>Charts of the CDC (2000), from two years to nineteen, one age a year, straight lines between. See Data/SOURCES.md.</remarks>
internal sealed class GrowthChart
{
    /// <summary>In months: from then on the chart has nothing to say, and people are taken for grown.</summary>
    public const double GrownMonths = 228.5;

    private const double FirstMonths = 24;

    /// <summary>Further from the median than this nobody is placed: beyond it the power leaves no value.</summary>
    private const double PlaceMax = 3;

    private const double PowerMin = 1e-6;

    // Age in months, then power, median and coefficient of variation of boys, then of girls.
    private readonly double[][] _rows;

    private GrowthChart(double[][] rows) => _rows = rows;

    /// <summary>Height, in centimetres.</summary>
    public static GrowthChart Stature { get; } = new(
    [
        [FirstMonths, 0.9415, 86.4522, 0.04032, 1.0724, 84.9756, 0.04079],
        [36.5, -0.3909, 95.2736, 0.04053, 0.5420, 94.2134, 0.04202],
        [48.5, 0.8276, 102.5105, 0.04134, 0.2257, 101.0339, 0.04326],
        [60.5, 1.2664, 109.1751, 0.04259, -0.0577, 107.9566, 0.04428],
        [72.5, 1.1374, 115.6609, 0.04367, -0.2191, 115.0055, 0.04496],
        [84.5, 0.7532, 122.0305, 0.04440, -0.2102, 121.7617, 0.04546],
        [96.5, 0.4553, 128.1237, 0.04513, -0.0793, 127.8263, 0.04597],
        [108.5, 0.4157, 133.7345, 0.04622, 0.0841, 133.1304, 0.04688],
        [120.5, 0.5056, 138.8234, 0.04761, 0.2847, 138.2112, 0.04870],
        [132.5, 0.4879, 143.7304, 0.04894, 0.7443, 144.2609, 0.05052],
        [144.5, 0.4209, 149.3088, 0.04995, 1.3030, 151.4866, 0.04860],
        [156.5, 0.8162, 156.4099, 0.05033, 1.2430, 157.3437, 0.04386],
        [168.5, 1.6704, 164.1418, 0.04895, 0.9566, 160.4777, 0.04102],
        [180.5, 2.2052, 170.1393, 0.04589, 0.8956, 161.8980, 0.04008],
        [192.5, 2.1130, 173.6101, 0.04309, 0.9411, 162.5690, 0.03982],
        [204.5, 1.7247, 175.3410, 0.04141, 0.9995, 162.9238, 0.03973],
        [216.5, 1.4000, 176.1850, 0.04064, 1.0476, 163.1308, 0.03969],
        [GrownMonths, 1.2292, 176.6179, 0.04039, 1.0833, 163.2590, 0.03966],
    ]);

    /// <summary>Body weight, in kilograms.</summary>
    public static GrowthChart Weight { get; } = new(
    [
        [FirstMonths, -0.2062, 12.6708, 0.10813, -0.7353, 12.0550, 0.10740],
        [36.5, -0.6213, 14.4026, 0.11187, -1.0245, 13.9411, 0.11949],
        [48.5, -0.9152, 16.3168, 0.11996, -1.1770, 15.8782, 0.13180],
        [60.5, -1.0005, 18.4859, 0.12988, -1.2877, 18.0231, 0.14119],
        [72.5, -1.0875, 20.7777, 0.13914, -1.3268, 20.3364, 0.14959],
        [84.5, -1.2365, 23.1674, 0.14734, -1.2655, 22.8680, 0.15969],
        [96.5, -1.3518, 25.7526, 0.15597, -1.1277, 25.7570, 0.17215],
        [108.5, -1.3394, 28.6813, 0.16666, -0.9707, 29.1429, 0.18520],
        [120.5, -1.2067, 32.0880, 0.17893, -0.8469, 33.0639, 0.19595],
        [132.5, -1.0193, 36.0726, 0.19003, -0.7874, 37.3909, 0.20197],
        [144.5, -0.8370, 40.6744, 0.19659, -0.8076, 41.8280, 0.20230],
        [156.5, -0.6982, 45.8134, 0.19666, -0.9155, 45.9837, 0.19736],
        [168.5, -0.6319, 51.2310, 0.19081, -1.1116, 49.4908, 0.18856],
        [180.5, -0.6656, 56.4910, 0.18167, -1.3765, 52.1357, 0.17795],
        [192.5, -0.8020, 61.0954, 0.17246, -1.6512, 53.9454, 0.16812],
        [204.5, -0.9732, 64.6996, 0.16564, -1.8381, 55.1822, 0.16175],
        [216.5, -1.0662, 67.2899, 0.16192, -1.8509, 56.2297, 0.16037],
        [GrownMonths, -1.0233, 69.1947, 0.16014, -1.6933, 57.3518, 0.16314],
    ]);

    /// <summary>False below the age of two: there the charts have nothing that grows into them.</summary>
    public static bool Covers(double months) => months >= FirstMonths;

    /// <summary>By how many standard deviations a value is above the median of its age.</summary>
    public double Place(double value, double months, bool isGirl)
    {
        var (power, median, spread) = At(months, isGirl);
        // At a power of nought the form's limit is the logarithm.
        var place = Math.Abs(power) < PowerMin ? Math.Log(value / median) / spread : (Math.Pow(value / median, power) - 1) / (power * spread);
        return Math.Clamp(place, -PlaceMax, PlaceMax);
    }

    /// <summary>The value that is so many standard deviations above the median of an age.</summary>
    public double Value(double place, double months, bool isGirl)
    {
        var (power, median, spread) = At(months, isGirl);
        place = Math.Clamp(place, -PlaceMax, PlaceMax);
        return median * (Math.Abs(power) < PowerMin ? Math.Exp(place * spread) : Math.Pow(1 + (power * spread * place), 1 / power));
    }

    private (double Power, double Median, double Spread) At(double months, bool isGirl)
    {
        var column = isGirl ? 4 : 1;
        var after = Array.FindIndex(_rows, row => row[0] >= months);
        var (low, high) = (_rows[after < 0 ? ^1 : Math.Max(0, after - 1)], _rows[after < 0 ? ^1 : after]);
        var share = high[0] > low[0] ? (months - low[0]) / (high[0] - low[0]) : 0;
        double Between(int at) => low[at] + ((high[at] - low[at]) * share);
        return (Between(column), Between(column + 1), Between(column + 2));
    }
}
