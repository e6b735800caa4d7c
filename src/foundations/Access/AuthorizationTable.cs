using System.Collections.Frozen;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>The one place that says who may do what, and how far: role × action × scope.</summary>
/// <remarks>
/// Read by endpoints, pages, queries and the matrix test alike. The rows stand in <c>authorization-table.txt</c>
/// beside this file, so that counsel can read them. Whatever has no row is refused.
/// </remarks>
public sealed class AuthorizationTable
{
    private readonly FrozenDictionary<(Role, string), Scope> _rows;
    private readonly FrozenSet<string> _actions;

    /// <summary>The table as the house ships it.</summary>
    public static AuthorizationTable Shipped { get; } = Parse(ReadShipped());

    private AuthorizationTable(Dictionary<(Role, string), Scope> rows)
    {
        _rows = rows.ToFrozenDictionary();
        _actions = rows.Keys.Select(key => key.Item2).ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Actions => _actions;

    /// <returns>How far the role may go with the action; null when it may not.</returns>
    public Scope? Reach(Role role, string action) =>
        role == Role.House ? Scope.Nation : _rows.TryGetValue((role, action), out var scope) ? scope : null;

    public bool Allows(Role role, string action) => Reach(role, action) is not null;

    /// <summary>Whether the actor may go to this one row with an action: a page links only to what opens.</summary>
    public bool Covers(Actor actor, string action, IScoped row) => Reach(actor.Role, action) is { } reach && actor.Reaches(reach, row);

    /// <summary>Reads rows of the form <c>action  role:scope role:scope …</c>; <c>#</c> begins a comment.</summary>
    /// <exception cref="FormatException">A row that cannot be read: the line and the word are named.</exception>
    public static AuthorizationTable Parse(string text)
    {
        var rows = new Dictionary<(Role, string), Scope>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var words = raw.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            foreach (var word in words[1..])
            {
                var parts = word.Split(':');
                if (parts.Length != 2 || !Roles.TryParse(parts[0], out var role) || ScopeOf(parts[1]) is not { } scope)
                    throw new FormatException($"authorization table, line {number}: \"{word}\" is no role:scope");
                if (!rows.TryAdd((role, words[0]), scope))
                    throw new FormatException($"authorization table, line {number}: {words[0]} for {parts[0]} stands twice");
            }
            if (words.Length == 1) throw new FormatException($"authorization table, line {number}: {words[0]} names no role");
        }
        return new AuthorizationTable(rows);
    }

    /// <summary>Five words and no others: <c>Enum.TryParse</c> would also take numbers and lists.</summary>
    private static Scope? ScopeOf(string word) => word switch
    {
        "assigned" => Scope.Assigned,
        "agency" => Scope.Agency,
        "task-force" => Scope.TaskForce,
        "office" => Scope.Office,
        "nation" => Scope.Nation,
        _ => null,
    };

    private static string ReadShipped()
    {
        using var stream = typeof(AuthorizationTable).Assembly.GetManifestResourceStream("authorization-table.txt");
        Ensure.That(stream is not null);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
