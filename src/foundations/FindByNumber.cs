using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Foundations;

/// <summary>A stage's answer to "where is number so-and-so": exact numbers only, and only what the actor may see.</summary>
public interface IFindByNumber
{
    /// <summary>The look that the found page needs: without it the actor is not answered.</summary>
    string Action { get; }

    /// <param name="act">Its reach is that of <see cref="Action"/>: use <c>act.Seen</c> or <c>act.Covers</c>, and trace what is found.</param>
    /// <returns>Null for what is not there and for what is not the actor's to see.</returns>
    Task<Found?> FindAsync(string number, Act act, CancellationToken cancel);
}

/// <param name="What">The kind of thing, as a person says it: "Lead".</param>
/// <param name="Number">As it is written.</param>
/// <param name="Link">Its page.</param>
public sealed record Found(string What, string Number, string Link);

/// <summary>Finds what a number stands for: a report, an entry, a plate, a lead, a referral, an operation. Never a name.</summary>
/// <remarks>Names are searched where a role has reason to, not from a box that is on every page.</remarks>
public static class FindByNumber
{
    public sealed record Request([MaxLength(100)] string? Q = null);
    public sealed record Page(string Number, IReadOnlyList<Found> Rows);

    public sealed class Handler(IEnumerable<IFindByNumber> finders, AuthorizationTable table) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var number = TypedText.Bare(request.Q ?? "");
            var rows = new List<Found>();
            if (number.Length == 0) return new Page(number, rows);
            foreach (var finder in finders)
            {
                if (table.Reach(act.Actor.Role, finder.Action) is not { } reach) continue;
                if (await finder.FindAsync(number, act.Within(reach), cancel) is { } found) rows.Add(found);
            }
            return new Page(number, rows);
        }
    }
}
