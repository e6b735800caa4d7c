using Homeward.Exchange.Missing;
using Homeward.Kernel;

namespace Homeward.Exchange;

/// <summary>A person as hotlines, agencies and offices describe one. Null and empty mean "not stated".</summary>
public sealed record StatedPerson
{
    public string? Given { get; init; }
    public string? Middle { get; init; }
    public string? Family { get; init; }
    public IReadOnlyList<Alias> Aliases { get; init; } = [];
    public PartialDate Born { get; init; }
    /// <summary>Years, 0 to 150.</summary>
    public int? Age { get; init; }
    /// <summary>"F", "M" or null.</summary>
    public string? Sex { get; init; }
    public IReadOnlyList<string> Phones { get; init; } = [];
    public IReadOnlyList<string> Emails { get; init; } = [];
    public IReadOnlyList<ServiceName> ScreenNames { get; init; } = [];
}

public sealed record Alias(string? Given, string? Family);

/// <summary>A place as outsiders write it.</summary>
/// <param name="State">US state or territory by its two letters.</param>
/// <param name="CountyFips">Five digits.</param>
/// <param name="Lat">Degrees north, WGS 84.</param>
/// <param name="Lon">Degrees east, WGS 84.</param>
public sealed record StatedPlace(
    string? Street, string? City, string? State, string? Zip, string? CountyFips, double? Lat = null, double? Lon = null);
