using System.ComponentModel.DataAnnotations;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Tips;
using Homeward.Foundations.Access;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>Takes down a call to the hotline, and answers with its number. Nothing but the claim is required.</summary>
/// <remarks>R-22: that danger is imminent is the caller's claim; it alerts the duty officer, marked unreviewed, and sends nobody.</remarks>
public static class ReportTip
{
    /// <param name="Age">Years, as the caller says.</param>
    public sealed record Person(
        [MaxLength(100)] string? Given, [MaxLength(100)] string? Family, PartialDate Born, [Range(0, 120)] int? Age, [RegularExpression("[FM]", ErrorMessage = "{0} is F or M, or stays empty.")] string? Sex);

    public sealed record Place([MaxLength(200)] string? Street, [MaxLength(100)] string? City, [MaxLength(40)] string? State, [MaxLength(10)] string? Zip);

    /// <param name="Claim">What the caller says, in the caller's words.</param>
    public sealed record Request(Person? Child, Place? Where, bool Imminent, bool CallerNamed, [Required, MaxLength(8000)] string Claim);
    public sealed record Receipt(DoorId Id, string Number);

    internal sealed class Handler(DoorShelf shelf) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var child = request.Child is { } person
                ? new StatedPerson { Given = person.Given, Family = person.Family, Born = person.Born, Age = person.Age, Sex = person.Sex }
                : null;
            var place = StatedFaults.WithCode(request.Where is { } where ? new StatedPlace(where.Street, where.City, where.State, where.Zip, null) : null);
            // Who takes the call can still ask the caller, and what cannot be so belongs in what the caller says.
            if (StatedFaults.Of(child, place?.State, place?.Zip, DateOnly.FromDateTime(act.Now.UtcDateTime)) is { Count: > 0 } faults)
                return Problem.Invalid("tip-unlikely", string.Join(' ', faults.Select(fault => Sentence(fault.Field, fault.Says))), "Correct this or leave it empty, and send again; nothing was stored.") with
                {
                    Fields = faults.ToDictionary(fault => FieldOf(fault.Field), fault => Sentence(fault.Field, fault.Says)),
                };
            var number = $"HW-{StrongId.Text(act.Ids.Next())[^8..].ToUpperInvariant()}";
            var door = Doors.Of(act, DoorKind.Hotline, number, "tip", act.Now, request.Imminent, request.CallerNamed, null, child, place, "form");
            var tip = new HotlineTip(act.Now, number, request.Imminent, request.CallerNamed, child, place, request.Claim);
            await shelf.OpenAsync(act, new ReadDoor(door, request.Claim, Encoding.UTF8.GetBytes(HotlineTips.Json.Line(tip))), cancel);
            Rejects.Count(act, "tip", new BatchReceipt(1, 0, 0, 0));
            return new Receipt(door.Id, number);
        }

        private static string FieldOf(string field) => field.Contains('.', StringComparison.Ordinal) ? field : $"where.{field}";

        private static string Sentence(string field, string says) => $"{field switch { "child.born" => "The birth date", "child.age" => "The age", "state" => "The state", _ => "The ZIP" }} {says}.";
    }
}
