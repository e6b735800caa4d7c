using System.Globalization;
using Homeward.Intake;

namespace Homeward.Cli.Importing;

/// <summary>What files say under names that this house does not know, once for each file: nothing vanishes untold.</summary>
internal sealed class UnreadFields
{
    /// <summary>A file whose every line has keys of its own is told so far.</summary>
    private const int ToldMax = 200;

    private readonly SortedDictionary<(string Source, string Field), int> _lines = [];

    public void Add(UnreadField field) => _lines[(field.Source, field.Field)] = _lines.GetValueOrDefault((field.Source, field.Field)) + field.Lines;

    public IReadOnlyList<string> Told =>
    [
        .. _lines.Take(ToldMax).Select(one => string.Create(CultureInfo.InvariantCulture,
            $"{one.Key.Source}: \"{one.Key.Field}\" is not known here and is not read; {(one.Value == 1 ? "one line says" : $"{one.Value:N0} lines say")} something there")),
        .. _lines.Count > ToldMax ? [string.Create(CultureInfo.InvariantCulture, $"and {_lines.Count - ToldMax:N0} more names")] : Array.Empty<string>(),
    ];
}
