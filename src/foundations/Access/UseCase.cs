using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>Handles one use case. Runs inside the act's transaction: what it returns and what it stored stand or fall together.</summary>
public interface IHandle<in TRequest, TReceipt>
{
    Task<Result<TReceipt>> HandleAsync(TRequest request, Act act, CancellationToken cancel);
}

/// <summary>A handler whose act would last long by what it has to look at: that is gathered before the act, while everybody else can store something.</summary>
/// <remarks>What was gathered is a good guess by then, and no more: the act judges again what it is about to store.</remarks>
public interface IGatherBefore<TRequest>
{
    /// <returns>The request, with what was gathered.</returns>
    Task<TRequest> GatherAsync(TRequest request, HomewardDb db, DateTimeOffset now, CancellationToken cancel);
}

/// <summary>Whether a use case changes something or only looks. Both leave a trace.</summary>
public enum UseCaseKind { Change, Look }

/// <summary>The answer of a look that is taken away as a file, byte for byte.</summary>
public interface IFileAnswer
{
    /// <summary>Under which name it is kept.</summary>
    string Name { get; }
    string MediaType { get; }
    byte[] Bytes { get; }
}

/// <summary>A use case as its stage's door lists it: the action it needs, how it is handled, where it is reached.</summary>
/// <param name="Action">Row of the authorization table: <c>review.decide-match</c>.</param>
/// <param name="Route">Path without a leading verb; null for what only the house or a bulk import calls.</param>
/// <param name="Back">Where a browser goes after its form was taken, from the receipt.</param>
public sealed record UseCase(
    string Action, UseCaseKind Kind, Type Request, Type Receipt, Type Handler, string? Route, Func<object, string>? Back)
{
    /// <summary>A use case that changes something.</summary>
    public static UseCase Change<TRequest, TReceipt, THandler>(string action) where THandler : class, IHandle<TRequest, TReceipt> =>
        new(action, UseCaseKind.Change, typeof(TRequest), typeof(TReceipt), typeof(THandler), null, null);

    /// <summary>A use case that only reads.</summary>
    public static UseCase Look<TRequest, TReceipt, THandler>(string action) where THandler : class, IHandle<TRequest, TReceipt> =>
        new(action, UseCaseKind.Look, typeof(TRequest), typeof(TReceipt), typeof(THandler), null, null);

    /// <summary>
    /// Reached at <paramref name="route"/>: a change by POST (JSON or a form), a look by GET below <c>/api</c>.
    /// Words in braces are members of the request.
    /// </summary>
    public UseCase At(string route) => this with { Route = route };

    /// <summary>As <see cref="At(string)"/>, and a form's browser goes on to the page that the receipt names.</summary>
    public UseCase At<TReceipt>(string route, Func<TReceipt, string> back) =>
        this with { Route = route, Back = receipt => back((TReceipt)receipt) };

    /// <summary>The stage or foundation that it belongs to: the first word of the action.</summary>
    public string Stage => Action.Split('.')[0];
}
