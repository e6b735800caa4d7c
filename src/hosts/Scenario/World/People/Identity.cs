using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Kernel;

namespace Homeward.Scenario.World.People;

/// <summary>An invented person as he or she really is, whatever others write.</summary>
internal sealed record Identity(string Given, string? Middle, string Family, DateOnly Born, string Sex)
{
    /// <summary>Short form of the given name; the given name itself where none is in use.</summary>
    public required string Nickname { get; init; }
    /// <summary>The name that others call the child by; nothing of the true name is in it.</summary>
    public required Alias Alias { get; init; }
    /// <summary>E.164, of the range kept for fiction.</summary>
    public required string Phone { get; init; }
    public required string Email { get; init; }
    public required ServiceName ScreenName { get; init; }

    public int AgeOn(DateOnly day) => PartialDate.Of(Born).AgeOn(day)!.Value.Max;
}
