using Homeward.Foundations.Access;

namespace Homeward.Web;

/// <summary>The seven stages in their order: the one way through the house.</summary>
public static class Line
{
    public static IReadOnlyList<IStage> Stages { get; } = [];
}
