namespace Homeward.Care.Pages;

internal static class CareWords
{
    /// <summary>A notice that a victim is owed, in words.</summary>
    public static string Notice(string kind) => kind switch
    {
        "rights" => "Rights of victims",
        "investigation-status" => "How the investigation stands",
        "release-or-detention" => "Release or detention",
        "plea-or-verdict" => "Plea or verdict",
        _ => char.ToUpperInvariant(kind[0]) + kind[1..],
    };

    public static string Of(ServiceAnswer? answer) => answer switch
    {
        ServiceAnswer.Accepted => "offered, accepted",
        ServiceAnswer.Declined => "offered, declined",
        ServiceAnswer.NotYet => "offered, not answered yet",
        null => "not yet offered",
    };
}
