using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homeward.Foundations.Access;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Web;

/// <summary>What a browser sends back when a passkey has signed.</summary>
/// <param name="Credential">The credential as the browser writes it in JSON.</param>
/// <param name="State">What came with the options, as it came.</param>
/// <param name="Name">What the person calls the device, for a new passkey.</param>
/// <param name="Next">Where the person was going.</param>
internal sealed record Signed([property: JsonRequired] string Credential, [property: JsonRequired] string State, string? Name = null, string? Next = null);

/// <summary>What a browser gives a passkey to sign.</summary>
/// <param name="Options">For <c>navigator.credentials</c>, as JSON.</param>
/// <param name="State">Ours, encrypted, good for some minutes.</param>
internal sealed record ToSign(JsonElement Options, string State);

/// <summary>The two ceremonies of WebAuthn, done by the platform's own handler: one makes a passkey, the other signs in with it.</summary>
/// <remarks>The challenge travels with the page, encrypted under the house's keys, and not in a node's memory: any node may take the answer.</remarks>
internal sealed class Ceremony(IPasskeyHandler<User> passkeys, IDataProtectionProvider protection, FailedSignatures failed)
{
    /// <summary>From the page to the signature: time to fetch a security key from a drawer.</summary>
    private static readonly TimeSpan _lasts = TimeSpan.FromMinutes(5);

    private const string Making = "passkeys/making", Asking = "passkeys/asking";

    /// <summary>Somebody wants to sign in; who it is, the passkey tells.</summary>
    public async Task<ToSign> AskAsync(HttpContext http)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, http);
        return new(Json(asked.RequestOptionsJson), Kept(Asking, asked.AssertionState!));
    }

    /// <returns>Who signed, with which passkey; null where nobody did whom we know, or not this.</returns>
    public async Task<(User User, string Passkey, long SignCount, bool IsCopied, SessionId Session)?> RecogniseAsync(HttpContext http, Signed signed)
    {
        if (Opened(Asking, signed.State) is not { } state) return null;
        var seen = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = signed.Credential, AssertionState = state });
        if (!seen.Succeeded) await failed.TellAsync(signed.Credential, http.RequestAborted);
        return seen.Succeeded ? (seen.User, Base64Url.EncodeToString(seen.Passkey.CredentialId), seen.Passkey.SignCount, seen.Passkey.IsBackedUp, SessionOf(state)) : null;
    }

    /// <summary>A person is to make a passkey.</summary>
    public async Task<ToSign> OfferAsync(HttpContext http, User user)
    {
        var offered = await passkeys.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Name, DisplayName = $"{user.Name}, {user.Role.Title()}" }, http);
        return new(Json(offered.CreationOptionsJson), Kept(Making, offered.AttestationState!));
    }

    /// <returns>The passkey, and a session for it; null where it is not what this person was to make.</returns>
    public async Task<(NewPasskey Passkey, SessionId Session)?> AcceptAsync(HttpContext http, User user, Signed signed)
    {
        if (Opened(Making, signed.State) is not { } state) return null;
        var made = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = signed.Credential, AttestationState = state });
        if (!made.Succeeded || made.UserEntity.Id != user.Id.ToString()) return null;
        var info = made.Passkey;
        return (new NewPasskey(
            Base64Url.EncodeToString(info.CredentialId), signed.Name?.Trim() is { Length: > 0 and <= NewPasskey.NameCharsMax } name ? name : "A device", info.PublicKey, info.SignCount,
            info.Transports is { Length: > 0 } ways ? string.Join(' ', ways) : null, info.IsBackupEligible, info.IsBackedUp, info.AttestationObject, info.ClientDataJson), SessionOf(state));
    }

    private ITimeLimitedDataProtector Protector(string purpose) => protection.CreateProtector(purpose).ToTimeLimitedDataProtector();

    private string Kept(string purpose, string state) => Protector(purpose).Protect(state, _lasts);

    private string? Opened(string purpose, string state)
    {
        try
        {
            return Protector(purpose).Unprotect(state);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The same challenge gives the same session: it cannot be begun twice.</summary>
    private static SessionId SessionOf(string state) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 16)));

    private static JsonElement Json(string options) => JsonSerializer.Deserialize<JsonElement>(options);
}

/// <summary>Puts into the trace that somebody tried to sign in with a passkey of ours and could not; what nobody here knows is no news.</summary>
/// <remarks>A passkey is never locked for it: anyone could lock the duty officer out. And no passkey fills the trace.</remarks>
internal sealed class FailedSignatures(UserManager<User> people, Desk desk, TriesTold told)
{
    public async Task TellAsync(string credential, CancellationToken cancel)
    {
        if (IdIn(credential) is not { } id) return;
        if (await people.FindByPasskeyIdAsync(Base64Url.DecodeFromChars(id)) is { } user && told.May(id)) await desk.RefusePageAsync(user.AsActor(), "access.sign-in", cancel);
    }

    private static string? IdIn(string credential)
    {
        try
        {
            using var json = JsonDocument.Parse(credential);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && Base64Url.IsValid(id.GetString()) ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How many failed signatures of a passkey are told: the first five of a quarter of an hour.</summary>
internal sealed class TriesTold(TimeProvider clock)
{
    private const int ToldMax = 5, PasskeysMax = 10_000;
    private static readonly TimeSpan _within = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, (DateTimeOffset From, int Count)> _told = new(StringComparer.Ordinal);

    public bool May(string passkey)
    {
        var now = clock.GetUtcNow();
        if (_told.Count > PasskeysMax) _told.Clear();
        return _told.AddOrUpdate(passkey, (now, 1), (_, so) => now - so.From < _within ? (so.From, so.Count + 1) : (now, 1)).Count <= ToldMax;
    }
}

/// <summary>Whom an invitation's address invites.</summary>
internal sealed class Invited(HomewardDb db, InvitationCodes codes, TimeProvider clock)
{
    /// <returns>Null where the address is none, or its time is over.</returns>
    public async Task<(InvitationId Invitation, User User, int ReplacesPasskeys)?> ByAsync(string id, string code, CancellationToken cancel)
    {
        if (!StrongId.TryParse<InvitationId>(id, out var invitation) || !codes.Fits(invitation, code)) return null;
        var now = clock.GetUtcNow();
        if (await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invitation, cancel) is not { } row || !row.IsOpen(now)) return null;
        var user = await db.Set<User>().AsNoTracking().SingleAsync(one => one.Id == row.UserId, cancel);
        return user.IsActive(now) ? (invitation, user, await db.Set<Passkey>().CountAsync(one => one.UserId == user.Id, cancel)) : null;
    }
}
