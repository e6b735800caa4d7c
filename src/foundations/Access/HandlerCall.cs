using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>Calls a typed handler through the untyped desk, with the reflection done once for each use case.</summary>
internal abstract class HandlerCall
{
    private static readonly ConcurrentDictionary<UseCase, HandlerCall> _known = new(ReferenceEqualityComparer.Instance as IEqualityComparer<UseCase>);

    public static HandlerCall For(UseCase useCase) => _known.GetOrAdd(useCase, static known =>
        (HandlerCall)Activator.CreateInstance(typeof(Typed<,>).MakeGenericType(known.Request, known.Receipt))!);

    public abstract Task<Result<object>> CallAsync(object handler, object request, Act act, CancellationToken cancel);

    /// <summary>Whether handlers of this type are <see cref="IGatherBefore{TRequest}"/>.</summary>
    public abstract bool Gathers(Type handler);

    /// <inheritdoc cref="IGatherBefore{TRequest}.GatherAsync"/>
    public abstract Task<object> GatherAsync(object handler, object request, HomewardDb db, DateTimeOffset now, CancellationToken cancel);

    private sealed class Typed<TRequest, TReceipt> : HandlerCall
    {
        public override bool Gathers(Type handler) => handler.IsAssignableTo(typeof(IGatherBefore<TRequest>));

        public override async Task<object> GatherAsync(object handler, object request, HomewardDb db, DateTimeOffset now, CancellationToken cancel) =>
            (await ((IGatherBefore<TRequest>)handler).GatherAsync((TRequest)request, db, now, cancel))!;

        public override async Task<Result<object>> CallAsync(object handler, object request, Act act, CancellationToken cancel)
        {
            var answer = await ((IHandle<TRequest, TReceipt>)handler).HandleAsync((TRequest)request, act, cancel);
            if (answer.TryGet(out var receipt, out var problem)) return receipt!;
            // Not by ?: with an object on its other side: the problem would itself become the receipt.
            return problem;
        }
    }
}
