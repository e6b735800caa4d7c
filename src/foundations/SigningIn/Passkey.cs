using Homeward.Foundations.Access;

namespace Homeward.Foundations.SigningIn;

/// <summary>A passkey of a person: the public half of a key pair whose other half never leaves the person's device (WebAuthn Level 3).</summary>
/// <remarks>A person has some for each device; with none, only an invitation lets one in.</remarks>
public sealed class Passkey
{
    /// <summary>The credential's id, base64url as browsers write it.</summary>
    public required string Id { get; init; }
    public required UserId UserId { get; init; }
    /// <summary>What the person calls the device.</summary>
    public required string Name { get; init; }
    /// <summary>COSE key.</summary>
    public required byte[] PublicKey { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    /// <summary>How often the device says that it has signed; it never goes back. Synchronised ones always say 0.</summary>
    public required long SignCount { get; set; }
    /// <summary>How the browser reaches the device, parted by blanks; null when not said.</summary>
    public string? Transports { get; init; }
    /// <summary>Whether the device may hand it to others of the same person.</summary>
    public required bool MayBeCopied { get; init; }
    public required bool IsCopied { get; set; }
    /// <summary>What the device said of itself when it was made.</summary>
    public required byte[] Attestation { get; init; }
    public required byte[] ClientData { get; init; }
}
