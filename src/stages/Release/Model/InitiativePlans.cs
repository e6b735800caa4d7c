using System.Collections.Concurrent;
using System.Text;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations;

namespace Homeward.Release.Model;

/// <summary>What an initiative's file says was published. Operations checked the file when the initiative was opened.</summary>
internal sealed class InitiativePlans
{
    private readonly ConcurrentDictionary<(InitiativeId, string), InitiativePlan> _known = new();

    public InitiativePlan Of(InitiativeGist initiative) => _known.GetOrAdd((initiative.Id, initiative.File), static key =>
    {
        var faults = InitiativeFile.Read(Encoding.UTF8.GetBytes(key.Item2), new OfficeNames(), out var plan);
        Ensure.That(plan is not null, string.Join("; ", faults));
        return plan;
    });

    private sealed class OfficeNames : IOfficeNames
    {
        public DateOnly OnRecordFrom => Gazetteer.Default.Offices.OnRecordFrom;

        public string? Resolve(string written, DateOnly from, DateOnly to) =>
            Gazetteer.Default.ResolveOffice(written, from, to).TryGet(out var office, out _) ? office.Code : null;

        public IReadOnlyList<string> Known(DateOnly from, DateOnly to) =>
            [.. Gazetteer.Default.Offices.All.Where(office => office.IsOpenWithin(from, to)).Select(office => office.Name)];

        // Agencies of an exercise stand in no list; the file was checked against the partners when it came in.
        public bool KnowsOri(string ori) => true;
    }
}
