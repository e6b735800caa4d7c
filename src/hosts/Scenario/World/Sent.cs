namespace Homeward.Scenario.World;

/// <summary>One thing that an outsider sends: a whole file, or one line of a file that grows.</summary>
/// <param name="Path">Where it lies in a raw folder, e.g. <c>missing/entries.jsonl</c>.</param>
/// <param name="At">When it arrives, UTC, whole seconds.</param>
/// <param name="Body">The text; one line without its line end where the path ends in <c>.jsonl</c>.</param>
public sealed record Sent(string Path, DateTimeOffset At, string Body);
