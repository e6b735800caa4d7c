namespace Homeward.Care.Pages;

internal static class CareWords
{
    public static string Of(ServiceAnswer? answer) => answer switch
    {
        ServiceAnswer.Accepted => "offered, accepted",
        ServiceAnswer.Declined => "offered, declined",
        ServiceAnswer.NotYet => "offered, not answered yet",
        null => "not yet offered",
    };
}
