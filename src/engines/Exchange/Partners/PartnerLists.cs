using System.Globalization;
using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Partners;

/// <summary>Who works together: agencies, task forces, and the dated seats of the ones on the others.</summary>
public static class PartnerLists
{
    private const int PledgedOperationsMax = 100_000;

    /// <summary><c>partners/agencies.csv</c>.</summary>
    public static CsvFormat<AgencyRecord> Agencies { get; } = new(
        ["ori", "name", "type", "state", "county_fips", "invented"],
        static row => new AgencyRecord(row.RequiredOri("ori"), row.Required("name"), row.Required("type"),
            row.Required("state"), row.Fips("county_fips"), row.Flag("invented") == Stated.Yes),
        static agency => [agency.Ori, agency.Name, agency.Type, agency.State, agency.CountyFips, agency.IsInvented ? "1" : "0"]);

    /// <summary><c>partners/task-forces.csv</c>.</summary>
    public static CsvFormat<TaskForceRecord> TaskForces { get; } = new(
        ["code", "name", "office", "pledged_operations"],
        static row => new TaskForceRecord(row.Required("code"), row.Required("name"), row.Required("office"),
            row.Whole("pledged_operations", 0, PledgedOperationsMax) ?? 0),
        static force => [force.Code, force.Name, force.Office, force.PledgedOperations.ToString(CultureInfo.InvariantCulture)]);

    /// <summary><c>partners/members.csv</c>.</summary>
    public static CsvFormat<MemberRecord> Members { get; } = new(
        ["task_force", "ori", "from", "to"],
        static row =>
        {
            var from = row.Day("from");
            if (from is null) row.Fields.Required("from", row.Text("from"));
            var to = row.Day("to");
            if (to < from) row.Fields.Fault("to", "before the first day", "exchange the two, or leave it empty while it goes on");
            return new MemberRecord(row.Required("task_force"), row.RequiredOri("ori"), from ?? default, to);
        },
        static member => [member.TaskForce, member.Ori, Day(member.From), member.To is { } to ? Day(to) : null]);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
