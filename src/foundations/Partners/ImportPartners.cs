using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Partners;

/// <summary>Takes the lists of agencies, task forces and seats. Taking a list again changes only what differs.</summary>
public static class ImportPartners
{
    public sealed record AgencyLine(string Ori, string Name, string Type, string State, string? CountyFips, bool Invented);
    public sealed record TaskForceLine(string Code, string Name, string Office, int? PledgedOperations);
    public sealed record SeatLine(string TaskForce, string Ori, DateOnly From, DateOnly? To);
    public sealed record Request(
        IReadOnlyList<AgencyLine> Agencies, IReadOnlyList<TaskForceLine> TaskForces, IReadOnlyList<SeatLine> Seats);
    public sealed record Receipt(int Agencies, int TaskForces, int Seats, IReadOnlyList<string> Refused);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var refused = new List<string>();
            var agencies = await act.Db.Set<Agency>().ToDictionaryAsync(row => row.Ori, cancel);
            foreach (var line in request.Agencies)
            {
                if (line.Ori.Length != 9)
                {
                    refused.Add($"agency {line.Ori}: an ORI has nine characters");
                    continue;
                }
                if (agencies.TryGetValue(line.Ori, out var known))
                    (known.Name, known.Type, known.State, known.CountyFips) = (line.Name, line.Type, line.State, line.CountyFips);
                else
                    act.Db.Add(agencies[line.Ori] = new Agency
                    {
                        Ori = line.Ori, Name = line.Name, Type = line.Type, State = line.State,
                        CountyFips = line.CountyFips, Invented = line.Invented,
                    });
            }
            var forces = await act.Db.Set<TaskForce>().ToDictionaryAsync(row => row.Code, cancel);
            foreach (var line in request.TaskForces)
            {
                if (forces.TryGetValue(line.Code, out var known))
                    (known.Name, known.OfficeCode, known.PledgedOperations) = (line.Name, line.Office, line.PledgedOperations);
                else
                    act.Db.Add(forces[line.Code] = new TaskForce
                    {
                        Code = line.Code, Name = line.Name, OfficeCode = line.Office, PledgedOperations = line.PledgedOperations,
                    });
            }
            var seats = await act.Db.Set<Membership>().ToDictionaryAsync(row => (row.TaskForce, row.AgencyOri, row.From), cancel);
            foreach (var line in request.Seats)
            {
                if (!forces.ContainsKey(line.TaskForce) || !agencies.ContainsKey(line.Ori))
                {
                    refused.Add($"seat {line.TaskForce}/{line.Ori}: the task force or the agency is not in the lists");
                    continue;
                }
                if (seats.TryGetValue((line.TaskForce, line.Ori, line.From), out var known)) known.To = line.To;
                else
                    act.Db.Add(seats[(line.TaskForce, line.Ori, line.From)] = new Membership
                    {
                        Id = act.Ids.Next(), TaskForce = line.TaskForce, AgencyOri = line.Ori, From = line.From, To = line.To,
                    });
            }
            act.Trace("partners", Guid.Empty, $"agencies={agencies.Count};task-forces={forces.Count};seats={seats.Count}");
            return new Receipt(request.Agencies.Count, request.TaskForces.Count, request.Seats.Count, refused);
        }
    }
}
