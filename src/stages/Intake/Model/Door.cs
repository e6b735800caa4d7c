using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>A hotline tip or an agency's referral, as its newest message says. What is not stated is empty or null.</summary>
internal sealed class Door : IScoped
{
    public required DoorId Id { get; init; }
    public required DoorKind Kind { get; init; }
    /// <summary>The sender's number. Unique; under it other bytes are a version, and the same bytes a repeat.</summary>
    public required string Number { get; init; }
    /// <summary>The message that it stands as: the newest by its own time.</summary>
    public int Version { get; set; } = 1;
    /// <summary><c>tip</c>, or what the agency asks: <c>child-found</c>, <c>child-at-risk</c>, <c>operation-request</c>.</summary>
    public required string About { get; set; }
    public required DateTimeOffset ReceivedAt { get; set; }
    /// <summary>When a person first opened what now stands under its number; null while nobody has.</summary>
    public DateTimeOffset? OpenedAt { get; set; }
    public required bool ImminentClaimed { get; set; }
    public required bool CallerNamed { get; set; }
    public string? SenderOri { get; init; }
    public string Given { get; set; } = "";
    public string Family { get; set; } = "";
    public PartialDate Born { get; set; }
    public int? Age { get; set; }
    public string? Sex { get; set; }
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? CountyFips { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    /// <summary>What the caller or the agency says, bound to <c>door/…id…</c>.</summary>
    public byte[]? Claim { get; set; }
    public required string Source { get; set; }
    public string? OfficeCode { get; set; }

    string? IScoped.TaskForce => null;
    string? IScoped.AgencyOri => SenderOri;
    UserId? IScoped.AssignedTo => null;

    /// <summary>Whether another of the same number is of the same sender: else it is a number that two senders gave.</summary>
    public bool IsOfSender(Door other) => Kind == other.Kind && SenderOri == other.SenderOri;

    /// <summary>Takes over everything that a newer message says; the number stays, and so does whoever knows it by its id.</summary>
    public void Take(Door newer, int version)
    {
        (Version, About, ReceivedAt, Source, Claim) = (version, newer.About, newer.ReceivedAt, newer.Source, newer.Claim);
        (ImminentClaimed, CallerNamed) = (newer.ImminentClaimed, newer.CallerNamed);
        (Given, Family, Born, Age, Sex) = (newer.Given, newer.Family, newer.Born, newer.Age, newer.Sex);
        (Street, City, State, Zip, CountyFips) = (newer.Street, newer.City, newer.State, newer.Zip, newer.CountyFips);
        (Latitude, Longitude, OfficeCode) = (newer.Latitude, newer.Longitude, newer.OfficeCode);
    }
}

/// <summary>One message under the number of a tip or referral, as it came. Never changed.</summary>
internal sealed class DoorMessage
{
    public required DoorId DoorId { get; init; }
    public required int Version { get; init; }
    /// <summary>Of the line as it came.</summary>
    public required string Sha256 { get; init; }
    public required string Source { get; init; }
    /// <summary>As its sender says, and never later than it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset CameAt { get; init; }
    /// <summary>The line, bound to <see cref="Context"/>.</summary>
    public required byte[] Original { get; init; }

    public static string Context(DoorId door, int version) => $"door/{door}/{version}";
}
