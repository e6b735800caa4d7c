using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care.Model;

/// <summary>Seals a room's texts: each victim has a key, which lies wrapped under the room's own.</summary>
/// <remarks>Layout of a text: nonce (12), tag (16), content; AES-256-GCM with the text's own name bound in.</remarks>
internal sealed class Room(Envelope envelope)
{
    public const string Government = "government";
    public const string Advocate = "advocate";

    public async Task<byte[]> SealAsync(Act act, string room, Guid owner, string name, string text, CancellationToken cancel)
    {
        var key = await KeyAsync(act.Db, room, owner, cancel) ?? await MakeKeyAsync(act, room, owner, cancel);
        var content = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[28 + content.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(sealedBytes.AsSpan(0, 12), content, sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), Encoding.UTF8.GetBytes(name));
        return sealedBytes;
    }

    /// <returns>The text, or null when its victim's key was destroyed.</returns>
    public async Task<string?> OpenAsync(HomewardDb db, string room, Guid owner, string name, byte[] sealedBytes, CancellationToken cancel)
    {
        if (await KeyAsync(db, room, owner, cancel) is not { } key) return null;
        var content = new byte[sealedBytes.Length - 28];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), content, Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(content);
    }

    private async Task<byte[]?> KeyAsync(HomewardDb db, string room, Guid owner, CancellationToken cancel)
    {
        var row = db.Tracked<VictimKey>().SingleOrDefault(key => key.Room == room && key.Owner == owner)
            ?? await db.Set<VictimKey>().SingleOrDefaultAsync(key => key.Room == room && key.Owner == owner, cancel);
        return row?.Wrapped is { } wrapped ? envelope.Open(Purpose(room), Context(room, owner), wrapped) : null;
    }

    private async Task<byte[]> MakeKeyAsync(Act act, string room, Guid owner, CancellationToken cancel)
    {
        // A destroyed key stays destroyed: nothing more is written about this victim under its old name.
        Ensure.That(!await act.Db.Set<VictimKey>().AnyAsync(key => key.Room == room && key.Owner == owner, cancel));
        var made = RandomNumberGenerator.GetBytes(32);
        act.Db.Add(new VictimKey { Room = room, Owner = owner, Wrapped = envelope.Seal(Purpose(room), Context(room, owner), made) });
        return made;
    }

    private static string Purpose(string room) => room == Government ? "care-government" : "care-advocate";
    private static string Context(string room, Guid owner) => $"victim-key/{room}/{StrongId.Text(owner)}";
}
