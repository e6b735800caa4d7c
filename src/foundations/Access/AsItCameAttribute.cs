namespace Homeward.Foundations.Access;

/// <summary>A text of a request that is kept and judged as it came, and not refused for what it holds: a line of a feed is rejected alone.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AsItCameAttribute : Attribute;
