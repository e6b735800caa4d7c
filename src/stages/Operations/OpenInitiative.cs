using System.ComponentModel.DataAnnotations;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Opens a named national effort from its file: name, window, and what was published of it. A file with faults opens nothing.</summary>
public static class OpenInitiative
{
    /// <param name="File">The initiative file, JSON, as it was given.</param>
    public sealed record Request([Required, MaxLength(InitiativeFile.BytesMax)] string File);
    public sealed record Receipt(InitiativeId Id, string Name, DateOnly From, DateOnly To);

    internal sealed class Handler(HouseOptions house) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var known = await act.Db.Set<Foundations.Partners.Agency>().AsNoTracking().Select(row => row.Ori).ToListAsync(cancel);
            var faults = InitiativeFile.Read(Encoding.UTF8.GetBytes(request.File), new OfficesAndAgencies(known), out var plan);
            if (plan is null)
                return Problem.Invalid("initiative-file", string.Join('\n', faults), "Mend the file; nothing was opened.");
            var key = Names.Fold(plan.Name);
            if (await act.Db.Set<Initiative>().AnyAsync(row => row.NameKey == key, cancel))
                return Problem.Conflict("initiative-exists", $"{plan.Name} is open already.", "Go on with it, or give the new one another name.");
            var initiative = new Initiative
            {
                Id = act.Ids.Next<InitiativeId>(), Name = plan.Name, NameKey = key, From = plan.From, To = plan.To, After = plan.After,
                Programme = plan.Programme, File = request.File, Exercise = house.Exercise, OpenedAt = act.Now, OpenedBy = act.Actor.Id,
            };
            act.Db.Add(initiative);
            act.Trace("initiative", initiative.Id.Value, $"opened;from={plan.From:yyyy-MM-dd};to={plan.To:yyyy-MM-dd}");
            return new Receipt(initiative.Id, initiative.Name, initiative.From, initiative.To);
        }
    }

    /// <summary>Offices of the gazetteer; agencies of the FBI's list, and those that the partners brought.</summary>
    private sealed class OfficesAndAgencies(IEnumerable<string> partners) : IOfficeNames
    {
        private readonly HashSet<string> _partners = new(partners, StringComparer.OrdinalIgnoreCase);

        public DateOnly OnRecordFrom => Gazetteer.Default.Offices.OnRecordFrom;

        public string? Resolve(string written, DateOnly from, DateOnly to) =>
            Gazetteer.Default.ResolveOffice(written, from, to).TryGet(out var office, out _) ? office.Code : null;

        public IReadOnlyList<string> Known(DateOnly from, DateOnly to) =>
            [.. Gazetteer.Default.Offices.All.Where(office => office.IsOpenWithin(from, to)).Select(office => office.Name)];

        public bool KnowsOri(string ori) => _partners.Contains(ori) || Gazetteer.Default.Agencies.WithOri(ori) is not null;
    }
}
