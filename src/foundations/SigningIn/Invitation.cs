using System.Buffers.Text;
using System.Security.Cryptography;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;

namespace Homeward.Foundations.SigningIn;

/// <summary>The id of an invitation.</summary>
public readonly record struct InvitationId(Guid Value) : IStrongId<InvitationId>
{
    public static InvitationId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Lets one person make a passkey, once, until it ends.</summary>
public sealed class Invitation
{
    public required InvitationId Id { get; init; }
    public required UserId UserId { get; init; }
    public required UserId MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>A later invitation of the same person ends it, too.</summary>
    public required DateTimeOffset EndsAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public required Guid Revision { get; set; }

    public bool IsOpen(DateTimeOffset now) => UsedAt is null && now < EndsAt;
}

/// <summary>What stands in an invitation's address beside its id, so that nobody guesses one: a keyed hash of the id. It is stored nowhere.</summary>
public sealed class InvitationCodes(KeyStore keys)
{
    private readonly Lazy<byte[]> _key = new(() => keys.EnvelopeKey("invitations"));

    public string Of(InvitationId id) => Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, id.Value.ToByteArray()));

    public bool Fits(InvitationId id, string code) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Of(id)), System.Text.Encoding.ASCII.GetBytes(code));

    /// <summary>The path that is handed to the person.</summary>
    public string PathOf(InvitationId id) => $"/join/{id}/{Of(id)}";
}
