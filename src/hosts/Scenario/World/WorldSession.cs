using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Exchange.Initiatives;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Partners;
using Homeward.Foundations.Places;
using Homeward.Scenario.World.Field;
using Homeward.Scenario.World.Partners;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Sending;
using Homeward.Scenario.World.Towns;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World;

/// <summary>One invented world as it goes by: sends what outsiders send, answers operations, and scores at the end.</summary>
/// <remarks>
/// The same initiative, seed, scale and questions give the same bytes. Not safe for use from many threads. It holds
/// the truth, so it runs in a process of its own: <see cref="WorldProcess"/>.
/// </remarks>
public sealed class WorldSession
{
    private readonly WorldPlan _plan;
    private readonly WorldTruth _truth;
    private readonly PartnerRolls _partners;
    private readonly OutsideMail _outside;
    private readonly FieldWork _field;
    private readonly JsonNode _file;
    private readonly PriorityQueue<Sent, (DateTimeOffset At, long Turn)> _held = new();
    private long _turn;

    private WorldSession(InitiativePlan initiative, JsonNode file, long seed, double scale, Gazetteer places)
    {
        _file = file;
        _plan = new ChooseNumbers(initiative, seed, scale, places).Choose();
        var scenes = new Scenes(places, _plan.Offices);
        var people = new InventPeople(places.Names);
        _truth = new BuildTruth(_plan, people, scenes).Build();
        _partners = new(_plan, places);
        _outside = new(_plan, _truth, _partners, people, scenes);
        _field = new(_plan, _truth, _partners, people, scenes);
        _truth.Traps["secondSeats"] = _partners.SecondSeats;
        FirstSends = [.. PartnerSends(), .. _outside.Until(_plan.Begins.AddSeconds(-1))];
        ManifestJson = Manifest().ToJsonString();
    }

    /// <summary>Begins a world.</summary>
    /// <param name="document">The initiative's file, UTF-8.</param>
    /// <param name="scale">How much is sent beside what matters, above 0; totals do not scale.</param>
    /// <param name="session">The world; null when the file has faults.</param>
    /// <returns>The faults of the file; empty when it is good.</returns>
    public static IReadOnlyList<InitiativeFault> Begin(
        ReadOnlyMemory<byte> document, long seed, double scale, Gazetteer places, out WorldSession? session)
    {
        session = null;
        document = InitiativeFile.WithoutMark(document);
        var faults = InitiativeFile.Read(document, new OfficeNames(places), out var initiative);
        if (initiative is null) return faults;
        if (scale is not (> 0 and <= 1000)) return [new("scale", "", "not above 0 and at most 1000", "1 is the usual size")];
        session = new(initiative, JsonNode.Parse(document.Span)!, seed, scale, places);
        return faults;
    }

    /// <summary>The <c>manifest.json</c> of this world's raw folder, on one line.</summary>
    public string ManifestJson { get; }

    /// <summary>Partner lists, and the entries that are older than the initiative.</summary>
    public IReadOnlyList<Sent> FirstSends { get; }

    /// <summary>Nothing arrives later than this, UTC.</summary>
    public DateTimeOffset LastSend => _plan.LastSend.AddHours(12);

    internal WorldPlan Plan => _plan;
    internal WorldTruth Truth => _truth;
    internal FieldWork Field => _field;

    /// <summary>All that arrives up to an instant and was not given before, in the order of arrival.</summary>
    public IReadOnlyList<Sent> Until(DateTimeOffset at)
    {
        foreach (var sent in _field.Until(at)) Hold(sent);
        foreach (var sent in _outside.Until(at)) Hold(sent);
        var sends = new List<Sent>();
        while (_held.TryPeek(out var sent, out var due) && due.At <= at)
        {
            _held.Dequeue();
            sends.Add(sent);
        }
        return sends;
    }

    /// <summary>What the field found in an operation; each answer arrives at its own instant, days later it may be.</summary>
    public IReadOnlyList<Sent> Ran(OperationRun operation) => [.. _field.Ran(operation).OrderBy(sent => sent.At)];

    public Score Score(HouseDecisions house) => new ScoreHouse(_plan, _truth, _field).Of(house);

    /// <summary>The truth, for the file beside the raw folder. No part of the house reads it.</summary>
    public string TruthJson() => WriteTruth.Json(_plan, _truth, _field, new ScoreHouse(_plan, _truth, _field).ExactBaselineRecall());

    private void Hold(Sent sent) => _held.Enqueue(sent, (sent.At, _turn++));

    private IEnumerable<Sent> PartnerSends()
    {
        var at = _plan.Begins.AddDays(-1);
        yield return new(RawFolder.Agencies, at, Csv(PartnerLists.Agencies, _partners.Agencies));
        yield return new(RawFolder.TaskForces, at, Csv(PartnerLists.TaskForces, _partners.TaskForces));
        yield return new(RawFolder.Members, at, Csv(PartnerLists.Members, _partners.Members));
    }

    private static string Csv<T>(CsvFormat<T> format, IEnumerable<T> records) where T : class
    {
        using var stream = new MemoryStream();
        format.Write(records, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private JsonObject Manifest() => new()
    {
        ["format"] = RawFolder.Format,
        ["exercise"] = true,
        ["name"] = _plan.Initiative.Name,
        ["seed"] = _plan.Seed,
        ["scale"] = _plan.Scale,
        ["initiative"] = _file.DeepClone(),
        ["counts"] = new JsonObject
        {
            ["reports"] = _outside.Reports,
            ["reportSendings"] = _outside.ReportSendings,
            ["missingEntries"] = _truth.Entries.Count,
            ["agencies"] = _partners.Agencies.Count,
            ["taskForces"] = _partners.TaskForces.Count,
            ["seats"] = _partners.Members.Count,
        },
    };
}
