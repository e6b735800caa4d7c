using System.Buffers.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>Shows the platform's passkey handler our people and their passkeys. It only reads: what changes is an act, with its trace.</summary>
internal sealed class PasskeyStore(HomewardDb db) : IUserPasskeyStore<User>
{
    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => StrongId.TryParse<UserId>(userId, out var id)
        ? db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) : Task.FromResult<User?>(null);

    /// <remarks>Two people may have one name: nobody is found by it.</remarks>
    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<User?>(null);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        [.. (await db.Set<Passkey>().AsNoTracking().Where(row => row.UserId == user.Id).ToListAsync(cancellationToken)).Select(Info)];

    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return await (from passkey in db.Set<Passkey>() where passkey.Id == id join user in db.Set<User>() on passkey.UserId equals user.Id select user)
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return await db.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == user.Id, cancellationToken) is { } row ? Info(row) : null;
    }

    private static UserPasskeyInfo Info(Passkey row) => new(
        Base64Url.DecodeFromChars(row.Id), row.PublicKey, row.MadeAt, (uint)row.SignCount, row.Transports?.Split(' '),
        isUserVerified: true, row.MayBeCopied, row.IsCopied, row.Attestation, row.ClientData) { Name = row.Name };

    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NoAct();
    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => throw NoAct();
    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw NoAct();
    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw NoAct();
    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw NoAct();
    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw NoAct();
    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw NoAct();

    public void Dispose() { }

    private static BrokenInvariantException NoAct() => new("people and passkeys change by acts alone");
}
