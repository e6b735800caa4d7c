using Homeward.Foundations.Storage;

namespace Homeward.Care;

/// <summary>All that leaves Care: coded counts, and those only where a cell is large enough .</summary>
/// <param name="Offered">Victims to whom services were offered; null where the number would be too small to show.</param>
public sealed record CareCount(int? Offered, int? Accepted, int? Declined);

public interface ICare
{
    /// <summary>National counts; a cell below the threshold is null.</summary>
    Task<CareCount> CountAsync(HomewardDb db, CancellationToken cancel);
}
