using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Scenario.Cast;

/// <summary>Everybody who works in the house during the initiative.</summary>
/// <remarks>Their names say what they are: nobody in a scenario is a real person .</remarks>
public sealed class Company
{
    private const int AnalystCount = 12;
    private const int UnitCount = 3;
    private readonly Dictionary<string, Actor> _coordinators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Actor> _officers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Actor> _specialists = new(StringComparer.Ordinal);
    private readonly List<Actor> _analysts = [];
    private readonly List<Actor> _supervisors = [];
    private readonly List<Actor> _desk = [];

    private Company() { }

    public required Actor Administrator { get; init; }
    public required Actor National { get; init; }
    public required Actor PublicAffairs { get; init; }
    public required Actor Counsel { get; init; }
    /// <summary>The machine through which reports, entries and tips come in.</summary>
    public required Actor Feed { get; init; }
    public IReadOnlyList<Actor> Analysts => _analysts;
    public IReadOnlyList<Actor> Supervisors => _supervisors;
    public IReadOnlyList<Actor> Desk => _desk;
    public IReadOnlyDictionary<string, Actor> Coordinators => _coordinators;

    public Actor Coordinator(string taskForce) => _coordinators[taskForce];
    public Actor Officer(string taskForce) => _officers[taskForce];

    /// <summary>Who enters an act: the task force's investigator, or the national coordinator where the office has no task force.</summary>
    public Actor Recorder(string? taskForce) => taskForce is not null && _officers.TryGetValue(taskForce, out var officer) ? officer : National;

    public Actor Specialist(string office) => _specialists[office];
    public bool HasOffice(string office) => _specialists.ContainsKey(office);
    /// <summary>The first task force of an office; null where it has none.</summary>
    public string? TaskForceOf(string office) => _coordinators.FirstOrDefault(pair => pair.Value.Office == office).Key;

    /// <summary>Lets in the people of the national unit, who take the partner lists.</summary>
    public static async Task<Company> GatherAsync(Stagehand stage, CancellationToken cancel)
    {
        var administrator = await AddAsync(Actor.House, "Administrator", Role.Administrator);
        var company = new Company
        {
            Administrator = administrator,
            National = await AddAsync(administrator, "National coordinator", Role.National),
            PublicAffairs = await AddAsync(administrator, "Public affairs officer", Role.PublicAffairs),
            Counsel = await AddAsync(administrator, "Counsel", Role.Counsel),
            Feed = new Actor(administrator.Id, "Feed", Role.Provider, null, null, null),
        };
        foreach (var index in Enumerable.Range(0, AnalystCount))
            company._analysts.Add(await AddAsync(administrator, $"Analyst {index + 1}", Role.Analyst, $"XXUNIT{index % UnitCount + 1:000}"));
        foreach (var index in Enumerable.Range(0, UnitCount))
            company._supervisors.Add(await AddAsync(administrator, $"Supervisor {index + 1}", Role.Supervisor, $"XXUNIT{index + 1:000}"));
        foreach (var index in Enumerable.Range(0, 2))
            company._desk.Add(await AddAsync(administrator, $"Deconfliction desk {index + 1}", Role.Deconfliction));
        foreach (var (name, role) in new[] { ("Auditor", Role.Auditor), ("Community advocate", Role.Advocate) })
            await AddAsync(administrator, name, role);
        return company;

        Task<Actor> AddAsync(Actor by, string name, Role role, string? unit = null) =>
            LetInAsync(stage, by, name, role, unit, null, null, cancel);
    }

    /// <summary>Lets in the people of each task force, once the partner lists are there.</summary>
    public async Task GatherTaskForcesAsync(Stagehand stage, CancellationToken cancel)
    {
        var forces = await stage.ReadAsync((db, _) => db.Set<TaskForce>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel));
        foreach (var force in forces)
        {
            _coordinators[force.Code] = await LetInAsync(stage, Administrator, $"Coordinator {force.Code}", Role.Coordinator, null, force.Code, force.OfficeCode, cancel);
            _officers[force.Code] = await LetInAsync(stage, Administrator, $"Investigator {force.Code}", Role.Officer, null, force.Code, force.OfficeCode, cancel);
        }
        foreach (var office in forces.Select(force => force.OfficeCode).Distinct())
            _specialists[office] = await LetInAsync(stage, Administrator, $"Victim specialist {office}", Role.VictimSpecialist, null, null, office, cancel);
        await LetInAsync(stage, Administrator, "Prosecutor", Role.Prosecutor, null, null, forces.Count > 0 ? forces[0].OfficeCode : null, cancel);
    }

    private static async Task<Actor> LetInAsync(
        Stagehand stage, Actor by, string name, Role role, string? agency, string? taskForce, string? office, CancellationToken cancel)
    {
        var receipt = await stage.MustAsync<AddUser.Request, AddUser.Receipt>(by, new(name + " (invented)", role, agency, taskForce, office), cancel);
        return new Actor(receipt.Id, name, role, agency, taskForce, office);
    }
}
