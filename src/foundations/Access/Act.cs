using System.Linq.Expressions;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>One thing that somebody does, from permission to trace: who, when, with which rows, and what is to follow.</summary>
/// <remarks>Lives as long as its transaction. Not for use from several threads.</remarks>
public sealed class Act
{
    private readonly List<TraceLine> _lines;
    private readonly List<WorkItem> _work;
    private readonly List<Action> _onceItStands;
    private readonly Scope _reach;

    internal Act(Actor actor, UseCase useCase, Scope reach, HomewardDb db, HouseClock clock, IIdSource ids)
    {
        (Actor, UseCase, _reach, Db, Clock, Ids) = (actor, useCase, reach, db, clock, ids);
        (_lines, _work, _onceItStands) = ([], [], []);
        Now = clock.GetUtcNow();
    }

    private Act(Act act, Scope reach)
    {
        (Actor, UseCase, _reach, Db, Clock, Ids) = (act.Actor, act.UseCase, reach, act.Db, act.Clock, act.Ids);
        (_lines, _work, _onceItStands, Now) = (act._lines, act._work, act._onceItStands, act.Now);
    }

    /// <summary>The same act, with its trace and its work, as far as another action's permission reaches.</summary>
    internal Act Within(Scope reach) => new(this, reach);

    public Actor Actor { get; }
    public HomewardDb Db { get; }
    public HouseClock Clock { get; }
    public IIdSource Ids { get; }
    /// <summary>The house's time at the start of the act; one instant for all that it stores.</summary>
    public DateTimeOffset Now { get; }
    internal UseCase UseCase { get; }
    internal IReadOnlyList<TraceLine> Lines => _lines;
    internal IReadOnlyList<WorkItem> Work => _work;

    /// <summary>Names a thing that was read or changed, for the trace: ids and codes only, never personal text.</summary>
    /// <param name="codes">Short codes such as <c>decision=same</c>; no names, no free text.</param>
    public void Trace(string subjectType, Guid subjectId, string codes = "") =>
        _lines.Add(new TraceLine(subjectType, subjectId, codes));

    /// <summary>Tells the rest of the house, once the act stands: delivered exactly once to each who listens.</summary>
    public void Tell<TEvent>(TEvent happened) where TEvent : notnull =>
        _work.Add(WorkItem.Of(Ids.Next(), happened, Now, Now));

    /// <summary>Leaves work for later.</summary>
    public void Later<TWork>(TWork work, DateTimeOffset dueAt) where TWork : notnull =>
        _work.Add(WorkItem.Of(Ids.Next(), work, Now, dueAt));

    /// <summary>What this node remembers is put right at once when the act is stored, and not at all when it is not. Whatever must not be lost is told or left for later: a node that dies forgets by itself.</summary>
    /// <param name="does">Quick, and throws nothing.</param>
    public void OnceItStands(Action does) => _onceItStands.Add(does);

    internal void Stands() => _onceItStands.ForEach(does => does());

    /// <summary>Only the rows that the actor may reach with this action.</summary>
    public IQueryable<TRow> Seen<TRow>(IQueryable<TRow> rows) where TRow : class, IScoped => _reach switch
    {
        Scope.Nation => rows,
        Scope.Office => rows.Where(Is<TRow>(nameof(IScoped.OfficeCode), Actor.Office)),
        Scope.TaskForce => rows.Where(Is<TRow>(nameof(IScoped.TaskForce), Actor.TaskForce)),
        Scope.Agency => rows.Where(Is<TRow>(nameof(IScoped.AgencyOri), Actor.Agency)),
        Scope.Assigned => rows.Where(AssignedToActor<TRow>()),
        _ => throw new BrokenInvariantException($"scope {_reach}"),
    };

    /// <summary>Whether the actor may reach this one row with this action.</summary>
    public bool Covers(IScoped row) => Actor.Reaches(_reach, row);

    /// <summary>How far the actor's permission for this action reaches.</summary>
    public Scope Reach => _reach;

    private static Expression<Func<TRow, bool>> Is<TRow>(string property, string? value)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        // An actor without the scope's mark reaches nothing: null would otherwise meet null.
        return Expression.Lambda<Func<TRow, bool>>(
            value is null ? Expression.Constant(false) : Expression.Equal(Expression.Property(row, property), Parameter(value)), row);
    }

    private Expression<Func<TRow, bool>> AssignedToActor<TRow>()
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.Equal(Expression.Property(row, nameof(IScoped.AssignedTo)), Parameter<UserId?>(Actor.Id)), row);
    }

    /// <summary>A value as a closure holds it: the query is compiled once, and not anew for each actor.</summary>
    private static MemberExpression Parameter<T>(T value) => Expression.Field(Expression.Constant(new Held<T>(value)), nameof(Held<>.Value));

    private sealed class Held<T>(T value)
    {
        public readonly T Value = value;
    }
}

/// <summary>One thing that an act touched, as the trace names it.</summary>
public sealed record TraceLine(string SubjectType, Guid SubjectId, string Codes);
