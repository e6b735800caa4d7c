using Homeward.Foundations.Places;

namespace Homeward.Operations.Pages;

/// <summary>Operations in the words of the people who run them.</summary>
internal static class OperationWords
{
    public static string Of(OperationState state) => state switch
    {
        OperationState.Planned => "planned, not approved",
        OperationState.Approved => "approved",
        OperationState.Running => "running",
        OperationState.Closed => "over",
        OperationState.CalledOff => "called off",
    };

    public static string Of(OperationKind kind) => kind == OperationKind.Lead ? "Follows leads" : "Proactive";

    public static string Of(BasisKind kind) => kind switch
    {
        BasisKind.LegalReturn => "Legal return",
        BasisKind.Observation => "Observation",
        BasisKind.Statement => "Statement",
        BasisKind.IpGeolocation => "IP geolocation (no basis)",
    };

    public static string Of(PlaceQuery place)
    {
        var words = string.Join(", ", new[] { place.Street, place.City, CountyOf(place.County), place.State, place.Zip }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return words.Length > 0 ? words : "a point on the map";
    }

    /// <summary>A county by its name: a plan may carry the code that the census gives it.</summary>
    private static string? CountyOf(string? county) =>
        county is { Length: 5 } code && Gazetteer.Default.Counties.WithFips(code) is { } found ? found.Name : county;

    public static string EventType(string code) => EventTypes.Shipped.All.FirstOrDefault(one => one.Code == code)?.Says ?? code;
}
