using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Work;
using Homeward.Kernel;

namespace Homeward.Cli;

/// <summary>The exit codes of the contract.</summary>
internal static class Exit
{
    public const int Done = 0;
    /// <summary>The answer is no: audit broken, conflict found, nothing approved, a figure that differs.</summary>
    public const int No = 1;
    /// <summary>Wrong use or bad input.</summary>
    public const int BadInput = 2;
    /// <summary>Our fault or the environment's.</summary>
    public const int Fault = 3;
    public const int Interrupted = 130;
}

/// <summary>How a command answers: with <c>--json</c> exactly one line on standard output, and all else on standard error.</summary>
internal sealed class Answer(bool json)
{
    private bool _said;

    public bool IsJson => json;

    /// <summary>The command's answer. In words it is printed by <paramref name="inWords"/>.</summary>
    public int Say(int exit, JsonNode answer, Action<TextWriter>? inWords = null)
    {
        Ensure.That(!_said);
        try
        {
            if (json) Console.Out.WriteLine(answer.ToJsonString(WorkItem.Json));
            else if (inWords is not null) inWords(Console.Out);
            else Console.Out.WriteLine(answer.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            Console.Out.Flush();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nor could a refusal be written there.
            Console.Error.WriteLine($"The answer could not be written to standard output ({fault.Message}). What was done stands. See where the output leads, and ask again.");
            exit = Exit.Fault;
        }
        _said = true;
        return exit;
    }

    public int Say<T>(int exit, T answer, Action<TextWriter>? inWords = null) =>
        Say(exit, JsonSerializer.SerializeToNode(answer, WorkItem.Json)!, inWords);

    /// <summary>A refusal: what, where, how to mend it; all faults at once.</summary>
    public int Refuse(int exit, string code, string what, string mend = "", IReadOnlyList<string>? faults = null)
    {
        if (!json)
        {
            Console.Error.WriteLine(what + (mend.Length > 0 ? " " + mend : ""));
            foreach (var fault in faults ?? []) Console.Error.WriteLine("  " + fault);
            return exit;
        }
        var error = new JsonObject { ["code"] = code, ["what"] = what, ["mend"] = mend };
        if (faults is not null) error["faults"] = new JsonArray([.. faults.Select(fault => (JsonNode?)fault)]);
        return Say(exit, new JsonObject { ["error"] = error });
    }

    public int Refuse(Problem problem) =>
        Refuse(problem.Kind switch { ProblemKind.Forbidden => Exit.No, ProblemKind.Unavailable => Exit.Fault, _ => Exit.BadInput }, problem.Code, problem.What, problem.Mend);

    /// <summary>Something on the way, for the person who waits: standard error.</summary>
    public void Tell(string line) => Console.Error.WriteLine(line);
}
