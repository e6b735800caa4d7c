using System.Globalization;
using System.Linq.Expressions;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Triage;

/// <summary>A place in the queue's order: the highest risk first, of equals the oldest, then by id.</summary>
/// <remarks>As text it stands in addresses: <c>83.5_1561939200000000_0190…</c>. It names a place and not a row, which may have left it.</remarks>
internal readonly record struct QueuePlace(double Risk, DateTimeOffset ReceivedAt, ReportId Id)
{
    public static QueuePlace Of(QueueItem item) => new(item.Risk, item.ReceivedAt, item.Id);

    /// <returns>False for anything that <see cref="ToString"/> has not written.</returns>
    public static bool TryParse(string text, out QueuePlace place)
    {
        place = default;
        if (text.Split('_') is not [var risk, var at, var id]
            || !double.TryParse(risk, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) || !double.IsFinite(points)
            || !long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
            || micros < InstantMicroseconds.Of(DateTimeOffset.MinValue) || micros > InstantMicroseconds.Of(DateTimeOffset.MaxValue)
            || !Kernel.StrongId.TryParse<ReportId>(id, out var report)) return false;
        place = new(points, InstantMicroseconds.From(micros), report);
        return true;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Risk:R}_{InstantMicroseconds.Of(ReceivedAt)}_{Id}");
}

/// <summary>Some rows of the queue from a place on, found by the index at once, however deep the place lies.</summary>
/// <remarks>
/// The published rules give few different ranks, so that very many reports have the same: a place is looked for among its
/// equals first and among the others after that, each a range of the index (docs/decisions/0009).
/// </remarks>
internal static class QueueOrder
{
    public static Task<List<QueueItem>> FirstAsync(IQueryable<QueueItem> items, int count, CancellationToken cancel) =>
        Forward(items).Take(count).ToListAsync(cancel);

    /// <summary>The last rows, in the queue's order.</summary>
    public static async Task<List<QueueItem>> LastAsync(IQueryable<QueueItem> items, int count, CancellationToken cancel)
    {
        var rows = await Backward(items).Take(count).ToListAsync(cancel);
        rows.Reverse();
        return rows;
    }

    public static async Task<List<QueueItem>> AfterAsync(IQueryable<QueueItem> items, QueuePlace place, int count, CancellationToken cancel)
    {
        var (risk, at) = (place.Risk, place.ReceivedAt);
        var rows = await Forward(items.Where(item => item.Risk == risk && item.ReceivedAt >= at).Where(LiesBehind(at, place.Id)))
            .Take(count).ToListAsync(cancel);
        if (rows.Count < count)
            rows.AddRange(await Forward(items.Where(item => item.Risk < risk)).Take(count - rows.Count).ToListAsync(cancel));
        return rows;
    }

    /// <summary>The rows next before a place, in the queue's order.</summary>
    public static async Task<List<QueueItem>> BeforeAsync(IQueryable<QueueItem> items, QueuePlace place, int count, CancellationToken cancel)
    {
        var (risk, at) = (place.Risk, place.ReceivedAt);
        var rows = await Backward(items.Where(item => item.Risk == risk && item.ReceivedAt <= at).Where(LiesAhead(at, place.Id)))
            .Take(count).ToListAsync(cancel);
        if (rows.Count < count)
            rows.AddRange(await Backward(items.Where(item => item.Risk > risk)).Take(count - rows.Count).ToListAsync(cancel));
        rows.Reverse();
        return rows;
    }

    public static IQueryable<QueueItem> Forward(IQueryable<QueueItem> items) =>
        items.OrderByDescending(item => item.Risk).ThenBy(item => item.ReceivedAt).ThenBy(item => item.Id);

    public static IQueryable<QueueItem> Backward(IQueryable<QueueItem> items) =>
        items.OrderBy(item => item.Risk).ThenByDescending(item => item.ReceivedAt).ThenByDescending(item => item.Id);

    private static Expression<Func<QueueItem, bool>> LiesBehind(DateTimeOffset at, ReportId id) =>
        Or(item => item.ReceivedAt > at, Expression.GreaterThan, id);

    private static Expression<Func<QueueItem, bool>> LiesAhead(DateTimeOffset at, ReportId id) =>
        Or(item => item.ReceivedAt < at, Expression.LessThan, id);

    /// <summary>Another instant, or an id on the other side: C# has no order of ids, and the database has one.</summary>
    private static Expression<Func<QueueItem, bool>> Or(
        Expression<Func<QueueItem, bool>> instant, Func<Expression, Expression, bool, System.Reflection.MethodInfo?, BinaryExpression> compares, ReportId id)
    {
        var item = instant.Parameters[0];
        var held = Expression.Field(Expression.Constant(new Held(id)), nameof(Held.Id));
        var order = ((Func<ReportId, ReportId, bool>)InTheDatabase).Method;
        return Expression.Lambda<Func<QueueItem, bool>>(
            Expression.OrElse(instant.Body, compares(Expression.Property(item, nameof(QueueItem.Id)), held, false, order)), item);
    }

    private static bool InTheDatabase(ReportId left, ReportId right) => throw new Kernel.BrokenInvariantException("ids are compared by the database");

    private sealed class Held(ReportId id)
    {
        public readonly ReportId Id = id;
    }
}
