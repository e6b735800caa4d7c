using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Review;

/// <summary>A filter of the queue that a person has given a name.</summary>
public readonly record struct SavedSearchId(Guid Value) : IStrongId<SavedSearchId>
{
    public static SavedSearchId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>A named filter: an address of the queue, for one person. Its name and its filter are what somebody typed, so both are sealed.</summary>
internal sealed class SavedSearch : IScoped
{
    public required SavedSearchId Id { get; init; }
    public required UserId User { get; init; }
    /// <summary>Encrypted, bound to <c>saved-search/name/…id…</c>.</summary>
    public required byte[] Name { get; init; }
    /// <summary>Encrypted, bound to <c>saved-search/filter/…id…</c>: the filter as it stands in addresses.</summary>
    public required byte[] Filter { get; init; }
    public required DateTimeOffset SavedAt { get; init; }

    public string? OfficeCode => null;
    public string? TaskForce => null;
    public string? AgencyOri => null;
    public UserId? AssignedTo => User;
}
