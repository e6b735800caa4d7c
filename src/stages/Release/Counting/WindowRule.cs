using Homeward.Foundations.Places;
using Homeward.Operations;
using Homeward.Outcomes;

namespace Homeward.Release.Counting;

/// <summary>What falls within the initiative (R-30, T-33).</summary>
/// <remarks>
/// An operation belongs by the local day on which it began, in its office's zone. An outcome of such an operation counts from
/// the window's first midnight there, for a link alone brings nothing older in, up to the cut-off after its
/// last; an outcome by another door by the local day of its own place.
/// </remarks>
internal sealed class WindowRule
{
    private readonly DateOnly _from;
    private readonly DateOnly _to;
    private readonly TimeSpan _grace;
    private readonly Dictionary<string, TimeZoneInfo> _zones = [];
    private readonly Dictionary<OperationId, (DateTimeOffset From, DateTimeOffset Until)> _spanByOperation = [];

    public WindowRule(DateOnly from, DateOnly to, TimeSpan grace, IEnumerable<OperationGist> operations, DateTimeOffset asOf)
    {
        (_from, _to, _grace) = (from, to, grace);
        Began = [.. operations.Where(operation => HasBegun(operation, asOf)).OrderBy(operation => operation.StartedAt).ThenBy(operation => operation.Id.Value)];
        foreach (var operation in Began)
        {
            var (start, end) = Zones.Window(from, to, ZoneOf(operation.OfficeCode));
            _spanByOperation[operation.Id] = (start, end + _grace);
        }
    }

    /// <summary>The operations that count, in order of their beginning.</summary>
    public IReadOnlyList<OperationGist> Began { get; }

    public bool Holds(FactBase fact) => fact.Operation is { } operation
        ? _spanByOperation.TryGetValue(operation, out var span) && span.From <= fact.At && fact.At < span.Until
        : IsInside(fact.LocalOn ?? Zones.LocalDay(fact.At, ZoneOf(fact.OfficeCode)));

    private bool HasBegun(OperationGist operation, DateTimeOffset asOf) =>
        operation.State != OperationState.CalledOff && operation.StartedAt is { } startedAt && startedAt <= asOf
        && IsInside(Zones.LocalDay(startedAt, ZoneOf(operation.OfficeCode)));

    private bool IsInside(DateOnly day) => _from <= day && day <= _to;

    private TimeZoneInfo ZoneOf(string officeCode)
    {
        if (_zones.TryGetValue(officeCode, out var known)) return known;
        var office = Gazetteer.Default.Offices.WithCode(officeCode);
        return _zones[officeCode] = office is null ? TimeZoneInfo.Utc : Zones.ZoneOf(office);
    }
}
