using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Places;

namespace Homeward.Operations;

/// <summary>On what an address became an operation's place .</summary>
public enum BasisKind
{
    /// <summary>The provider's answer to legal process, for that IP address, port and UTC time.</summary>
    LegalReturn,
    Observation,
    Statement,
    /// <summary>A guess by the address of a machine: refused. It is here so that it can be named and refused.</summary>
    IpGeolocation,
}

/// <summary>The regional systems, joined by the Partner Deconfliction Interface.</summary>
public enum RegionalSystem { RISSafe, CaseExplorer, SAFETNet }

/// <summary>What the regional system answered.</summary>
public enum RegionalAnswer { NoConflict, Conflict }

/// <summary>One source for a place.</summary>
/// <param name="Reference">Which return, whose observation, whose statement. Sealed.</param>
/// <param name="Ip">With <paramref name="Port"/> and <paramref name="SeenAt"/> (UTC): needed for a legal return.</param>
/// <param name="Says">The place by this source, where it gives one: two that disagree stop the operation.</param>
public sealed record PlaceSource(
    BasisKind Kind, [Required, MaxLength(1000)] string Reference, string? Ip = null, int? Port = null, DateTimeOffset? SeenAt = null,
    PlaceQuery? Says = null);

/// <summary>Who is looked for or dealt with in an event; only keyed hashes of it are kept.</summary>
public sealed record EventSubjectLine(string? Phone = null, string? Account = null, string? Given = null, string? Family = null, DateOnly? Born = null);
