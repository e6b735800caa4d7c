using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Places;

namespace Homeward.Scenario.World;

/// <summary>The offices and agencies that an initiative's file may name, as the gazetteer knows them.</summary>
public sealed class OfficeNames(Gazetteer places) : IOfficeNames
{
    public DateOnly OnRecordFrom => places.Offices.OnRecordFrom;

    public string? Resolve(string written, DateOnly from, DateOnly to) =>
        places.ResolveOffice(written, from, to).TryGet(out var office, out _) ? office.Code : null;

    public IReadOnlyList<string> Known(DateOnly from, DateOnly to) =>
        [.. places.Offices.All.Where(office => office.IsOpenWithin(from, to)).Select(office => office.Name)];

    public bool KnowsOri(string ori) => places.Agencies.WithOri(ori) is not null;
}
