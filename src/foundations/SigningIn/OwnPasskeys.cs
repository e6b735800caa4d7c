using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>A person's own passkeys, one for each device.</summary>
public static class ListOwnPasskeys
{
    public sealed record Request;
    public sealed record Row(string Id, string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);
    /// <param name="Sessions">Sessions that nobody ended; some of them may have idled out.</param>
    public sealed record Page(IReadOnlyList<Row> Passkeys, int Sessions);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor.Id;
            var rows = await act.Db.Set<Passkey>().Where(row => row.UserId == me).OrderBy(row => row.MadeAt).ThenBy(row => row.Id)
                .Select(row => new Row(row.Id, row.Name, row.MadeAt, row.UsedAt)).ToListAsync(cancel);
            return new Page(rows, await act.Db.Set<SignedIn>().CountAsync(row => row.UserId == me && row.EndedAt == null, cancel));
        }
    }
}

/// <summary>Adds a passkey of another device to one's own. Reached by the host alone, which has checked it.</summary>
public static class AddPasskey
{
    /// <summary>More devices than anybody carries.</summary>
    private const int PasskeysMax = 10;

    public sealed record Request(NewPasskey Passkey);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor.Id;
            if (await act.Db.Set<Passkey>().CountAsync(row => row.UserId == me, cancel) >= PasskeysMax)
                return Problem.Conflict("passkeys-full", $"You have {PasskeysMax} passkeys.", "Remove one that you no longer use.");
            if (await request.Passkey.AddAsync(act, cancel) is { } known) return known;
            act.Trace("user", me.Value, "passkey-added");
            return Done.Value;
        }
    }
}

/// <summary>Removes one of one's own passkeys, with all sessions that it opened. The last one stays: without it nobody comes in.</summary>
public static class RemovePasskey
{
    public sealed record Request([Required] string Id);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor.Id;
            var passkeys = await act.Db.Set<Passkey>().Where(row => row.UserId == me).ToListAsync(cancel);
            if (passkeys.Find(row => row.Id == request.Id) is not { } passkey) return Problem.Missing("You have no such passkey.");
            if (passkeys.Count == 1)
                return Problem.Conflict("last-passkey", "This is your only passkey: without it you cannot sign in.", "Add the new device first. If this one was lost, tell your administrator.");
            act.Db.Remove(passkey);
            await SignedIn.EndAsync(act, act.Db.Set<SignedIn>().Where(row => row.PasskeyId == passkey.Id), cancel);
            act.Trace("user", me.Value, "passkey-removed");
            return Done.Value;
        }
    }
}
