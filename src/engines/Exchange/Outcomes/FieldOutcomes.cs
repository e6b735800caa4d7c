using System.Text.Json;
using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Outcomes;

/// <summary>What the field answers: five files, a line for each act.</summary>
public static class FieldOutcomes
{
    /// <summary><c>outcomes/children.jsonl</c>.</summary>
    public static JsonLineFormat<ChildOutcome> Children { get; } = new(
        static row => new ChildOutcome(
            row.Required("record"), row.Text("operation"), row.Text("referral"), row.RequiredWord<ChildDoor>("door"),
            row.Required("office"), row.Text("taskForce"), row.RequiredOri("ori"),
            row.RequiredInstant("at"), row.RequiredInstant("typedAt"), row.RequiredWord<ChildOutcomeKind>("kind"),
            row.Word<Exploitation>("exploitation") ?? Exploitation.None, row.Nic("sought"), row.Person("child"),
            row.Text("biometricRef"), row.TextsByName("evidence"), row.Flag("foreignBorn") == Stated.Yes, row.Place("place")),
        static (json, outcome) =>
        {
            json.WriteString("record", outcome.Record);
            json.Text("operation", outcome.Operation);
            json.Text("referral", outcome.Referral);
            json.Word<ChildDoor>("door", outcome.Door);
            json.WriteString("office", outcome.Office);
            json.Text("taskForce", outcome.TaskForce);
            json.WriteString("ori", outcome.Ori);
            json.Instant("at", outcome.At);
            json.Instant("typedAt", outcome.TypedAt);
            json.Word<ChildOutcomeKind>("kind", outcome.Kind);
            json.Word<Exploitation>("exploitation", outcome.Exploitation);
            json.Text("sought", outcome.Sought);
            json.Person("child", outcome.Child);
            json.Text("biometricRef", outcome.BiometricRef);
            json.WriteStartObject("evidence");
            foreach (var (name, text) in outcome.Evidence.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, text);
            json.WriteEndObject();
            json.WriteBoolean("foreignBorn", outcome.ForeignBorn);
            json.Place("place", outcome.Place);
        });

    /// <summary><c>outcomes/adults.jsonl</c>.</summary>
    public static JsonLineFormat<AdultOutcome> Adults { get; } = new(
        static row => new AdultOutcome(
            row.Required("record"), row.Text("operation"), row.Text("referral"), row.Required("office"),
            row.Text("taskForce"), row.Ori("ori"), row.RequiredInstant("at"), row.RequiredInstant("typedAt"),
            row.RequiredWord<AdultOutcomeKind>("kind"), row.Word<TraffickingMeans>("means"),
            row.Person("person"), row.Text("biometricRef")),
        static (json, outcome) =>
        {
            Head(json, outcome, outcome.Referral);
            json.Text("taskForce", outcome.TaskForce);
            json.Text("ori", outcome.Ori);
            json.Word<AdultOutcomeKind>("kind", outcome.Kind);
            json.Word("means", outcome.Means);
            json.Person("person", outcome.Person);
            json.Text("biometricRef", outcome.BiometricRef);
        });

    /// <summary><c>outcomes/arrests.jsonl</c>.</summary>
    public static JsonLineFormat<ArrestOutcome> Arrests { get; } = new(
        static row => new ArrestOutcome(
            row.Required("record"), row.Text("operation"), row.Text("referral"), row.Required("office"),
            row.Text("taskForce"), row.Ori("ori"), row.RequiredInstant("at"), row.RequiredInstant("typedAt"),
            row.RequiredWord<ArrestKind>("kind"), row.Text("offence"), row.Person("person"), row.Text("fbiNumber")),
        static (json, outcome) =>
        {
            Head(json, outcome, outcome.Referral);
            json.Text("taskForce", outcome.TaskForce);
            json.Text("ori", outcome.Ori);
            json.Word<ArrestKind>("kind", outcome.Kind);
            json.Text("offence", outcome.Offence);
            json.Person("person", outcome.Person);
            json.Text("fbiNumber", outcome.FbiNumber);
        });

    /// <summary><c>outcomes/investigations.jsonl</c>.</summary>
    public static JsonLineFormat<InvestigationOutcome> Investigations { get; } = new(
        static row => new InvestigationOutcome(
            row.Required("record"), row.Text("operation"), row.Text("referral"), row.Required("office"),
            row.RequiredInstant("at"), row.RequiredInstant("typedAt"), row.Required("caseNumber")),
        static (json, outcome) =>
        {
            Head(json, outcome, outcome.Referral);
            json.WriteString("caseNumber", outcome.CaseNumber);
        });

    /// <summary><c>outcomes/courts.jsonl</c>.</summary>
    public static JsonLineFormat<CourtOutcome> Courts { get; } = new(
        static row => new CourtOutcome(
            row.Required("record"), row.Required("fbiNumber"), row.Required("office"),
            row.RequiredInstant("at"), row.RequiredInstant("typedAt"), row.RequiredWord<CourtEvent>("event"), row.Text("caseNumber")),
        static (json, outcome) =>
        {
            json.WriteString("record", outcome.Record);
            json.WriteString("fbiNumber", outcome.FbiNumber);
            json.WriteString("office", outcome.Office);
            json.Instant("at", outcome.At);
            json.Instant("typedAt", outcome.TypedAt);
            json.Word<CourtEvent>("event", outcome.Event);
            json.Text("caseNumber", outcome.CaseNumber);
        });

    private static void Head(Utf8JsonWriter json, IFieldOutcome outcome, string? referral)
    {
        json.WriteString("record", outcome.Record);
        json.Text("operation", outcome.Operation);
        json.Text("referral", referral);
        json.WriteString("office", outcome.Office);
        json.Instant("at", outcome.At);
        json.Instant("typedAt", outcome.TypedAt);
    }
}
