using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>A hotline tip or an agency's referral. What is not stated is empty or null.</summary>
internal sealed class Door : IScoped
{
    public required DoorId Id { get; init; }
    public required DoorKind Kind { get; init; }
    /// <summary>The sender's number. Unique; the same number again is a repeat.</summary>
    public required string Number { get; init; }
    /// <summary><c>tip</c>, or what the agency asks: <c>child-found</c>, <c>child-at-risk</c>, <c>operation-request</c>.</summary>
    public required string About { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required bool ImminentClaimed { get; init; }
    public required bool CallerNamed { get; init; }
    public string? SenderOri { get; init; }
    public string Given { get; init; } = "";
    public string Family { get; init; } = "";
    public PartialDate Born { get; init; }
    public int? Age { get; init; }
    public string? Sex { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? Zip { get; init; }
    public string? CountyFips { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    /// <summary>What the caller or the agency says, bound to <c>door/…id…</c>.</summary>
    public byte[]? Claim { get; init; }
    public required string Source { get; init; }
    public string? OfficeCode { get; init; }

    string? IScoped.TaskForce => null;
    string? IScoped.AgencyOri => SenderOri;
    UserId? IScoped.AssignedTo => null;
}
