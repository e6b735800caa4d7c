using System.Globalization;
using Homeward.Intake;

namespace Homeward.Cli.Importing;

/// <summary>Values that cannot be so, of lines that were taken all the same: by line, for whoever can ask their sender.</summary>
internal sealed class DoubtedValues
{
    private const int ToldMax = 200;
    private readonly List<string> _told = [];
    private int _count;

    public void Add(DoubtedValue value)
    {
        if (_count++ < ToldMax) _told.Add(string.Create(CultureInfo.InvariantCulture, $"{value.Source}, line {value.Line}: {value.Field} {value.Says}; the line was taken as it says"));
    }

    public IReadOnlyList<string> Told => _count <= ToldMax ? _told : [.. _told, string.Create(CultureInfo.InvariantCulture, $"and {_count - ToldMax:N0} more")];
}
