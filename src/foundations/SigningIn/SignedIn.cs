using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>The id of a session.</summary>
public readonly record struct SessionId(Guid Value) : IStrongId<SessionId>
{
    public static SessionId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>A session, from signing in to signing out: a cookie that outlives its end opens nothing.</summary>
public sealed class SignedIn
{
    /// <summary>Made of the challenge that was signed, so that one signature opens one session.</summary>
    public required SessionId Id { get; init; }
    public required UserId UserId { get; init; }
    /// <summary>The passkey that opened it: with that it ends. Null in a demo.</summary>
    public string? PasskeyId { get; init; }
    public required DateTimeOffset BeganAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Ends those of the sessions that nobody has ended.</summary>
    internal static async Task EndAsync(Act act, IQueryable<SignedIn> sessions, CancellationToken cancel)
    {
        foreach (var session in await sessions.Where(row => row.EndedAt == null).ToListAsync(cancel)) session.EndedAt = act.Now;
    }
}
