using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Review;
using Homeward.Scenario.World;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>Analysts who read tips and referrals: some become leads, most are calls that lead nowhere.</summary>
public sealed class DoorKeepers(Stagehand stage, Company company, Chance chance, Analysts analysts)
{
    private const double TipsWorthALead = 0.25;

    public async Task AnswerAsync(IReadOnlyList<Sent> mail, CancellationToken cancel)
    {
        foreach (var sent in mail.Where(sent => sent.Path is RawFolder.HotlineTips or RawFolder.AgencyReferrals))
        {
            if (NumberOf(sent.Body) is not { } number) continue;
            var door = await stage.ReadAsync((db, services) => services.GetRequiredService<IIntake>().DoorByNumberAsync(db, number, cancel));
            if (door is null || !IsWorthALead(door)) continue;
            var reader = chance.Pick(company.Analysts, "door", number);
            var raised = await stage.DoAsync<RaiseDirectLead.Request, RaiseDirectLead.Receipt>(reader, new(door.Id), cancel);
            if (raised.TryGet(out var lead, out _) && !lead.Joined) analysts.Leads.Enqueue((lead.Id, reader));
        }
    }

    /// <summary>A child found already needs no search; a request for an operation goes to the task forces.</summary>
    private bool IsWorthALead(DoorGist door) => door.Kind switch
    {
        "child-found" or "operation-request" => false,
        "child-at-risk" => true,
        _ => door.Given.Length > 0 && chance.Happens(TipsWorthALead, "tip", door.Number),
    };

    private static string? NumberOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["number"]?.GetValue<string>();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
