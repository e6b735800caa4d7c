using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Care;

public readonly record struct CarePlanId(Guid Value) : IStrongId<CarePlanId>
{
    public static CarePlanId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public readonly record struct AdvocateFileId(Guid Value) : IStrongId<AdvocateFileId>
{
    public static AdvocateFileId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>What a victim answered to an offer of services. No answer is an answer too: it is asked again.</summary>
public enum ServiceAnswer { Accepted, Declined, NotYet }

/// <summary>All that leaves Care: coded counts, and those only where a cell is large enough .</summary>
/// <param name="Offered">Victims to whom services were offered; null where the number would be too small to show.</param>
public sealed record CareCount(int? Offered, int? Accepted, int? Declined);

public interface ICare
{
    /// <summary>National counts; a cell below the threshold is null.</summary>
    Task<CareCount> CountAsync(HomewardDb db, CancellationToken cancel);
}
