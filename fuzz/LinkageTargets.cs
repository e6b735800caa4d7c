using System.Text;
using Homeward.Linkage;

namespace Homeward.Fuzz;

/// <summary>Each reader of the linkage library, with the words that its inputs are made of. A refusal is a <see cref="LinkageException"/>.</summary>
public static class LinkageTargets
{
    public static IReadOnlyList<Target> All { get; } =
    [
        new("csv", [",", "\"", "\"\"", "\n", "\r\n", "\r", "\uFEFF", "é", "\0", ";", "|", "2003-02-31", "31/01/2003", "unknown", "99999999999", "name", "born"],
            (bytes, scratch) =>
            {
                var path = Path.Combine(scratch, "in.csv");
                File.WriteAllBytes(path, bytes);
                LinkJob.Run(new() { Files = [path], Measures = true });
            }, IsRefusal),
        new("settings", ["{", "}", "[", "]", "null", "1e300", "-1", "\"same\"", "\"else\"", "\"with\":", "\"levels\":", "everything", "same(name)", "//", "\\u0000", ","],
            (bytes, _) =>
            {
                var settings = LinkageSettings.FromJson(Encoding.UTF8.GetString(bytes));
                // What was accepted must work, and must be written and read back as it is.
                new Scorer(settings).Weight(new LinkRecord("a").With("name", "Ana").With("born", "2003"), new LinkRecord("b").With("name", "Anna").With("born", "2003-04-03"));
                if (LinkageSettings.FromJson(settings.ToJson()).ToJson() != settings.ToJson()) throw new InvalidOperationException("not read back as written");
            }, IsRefusal),
        new("splink", ["(", ")", " AND ", " OR ", "ELSE", "\"name_l\"", "name_r", "levenshtein(", "<= 1", ">= 0.9", "l.", "r.", "substr(", "NULL", "'", "\\\"", "::text", "null", "{", "}"],
            (bytes, _) =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                SplinkSettings.Recognise(text);
                SplinkSettings.Read(text).Settings.Check();
            }, IsRefusal),
        new("decisions", [",", "\"", "\n", "same", "not the same", "perhaps", "left", "r1", "r9", "\0"],
            (bytes, scratch) =>
            {
                var (people, decisions) = (Path.Combine(scratch, "people.csv"), Path.Combine(scratch, "decisions.csv"));
                File.WriteAllText(people, "id,name,born\nr1,Ana Lopez,2003-04-03\nr2,Ana Lopez,2003-04-03\nr3,Oda Ruiz,1999-01-01\nr4,Ted Ng,1988-02-02\n");
                File.WriteAllBytes(decisions, bytes);
                LinkJob.Run(new() { Files = [people], DecisionsFile = decisions });
            }, IsRefusal),
    ];

    private static bool IsRefusal(Exception fault) => fault is LinkageException { Message.Length: > 0 };
}
