using System.CommandLine;
using System.Text.Json;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Work;
using Homeward.Intake.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward audit verify [EXPORT]</c> and <c>audit export</c>: the trace, checked by anybody; with <c>--contents</c> what is stored, held against it.</summary>
internal static class AuditCommand
{
    private static readonly Argument<string?> _export = new("EXPORT")
    {
        Description = "An exported trace; without it the database's own is checked.", Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> _publicKey = new("--public-key")
    {
        Description = "PEM file of the audit key, from elsewhere than the export.",
    };
    private static readonly Option<bool> _contents = new("--contents")
    {
        Description = "Then open all originals, and look at every sealed file: what was changed, cut or deleted is told.",
    };
    private static readonly Option<string> _out = new("--out") { Description = "Where to write it.", DefaultValueFactory = _ => "trace.jsonl" };

    public static Command Build() => new("audit", "Check or export the trace.")
    {
        new Command("verify", "Check every hash, chain and checkpoint. Example: homeward audit verify trace.jsonl --public-key audit.pem")
            { _export, _publicKey, _contents }.Does(VerifyAsync),
        new Command("export", "Write the trace as JSON lines. Example: homeward audit export --out trace.jsonl") { _out }.Does(ExportAsync),
    };

    private static async Task<int> VerifyAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var trusted = parsed.GetValue(_publicKey) is { } path ? await File.ReadAllTextAsync(path, cancel) : null;
        if (trusted is not null && !VerifyTrace.IsKey(trusted))
            return answer.Refuse(Exit.BadInput, "no-key", $"{parsed.GetValue(_publicKey)} holds no public key.", "Name the PEM file of the key that signs the trace: audit-public.pem of the house's key folder.");
        VerifyTrace.Verdict verdict;
        VerifyContents.Verdict? contents = null;
        if (parsed.GetValue(_export) is { } export)
        {
            if (parsed.GetValue(_contents))
                return answer.Refuse(Exit.BadInput, "export-without-contents", "An export is of the trace alone: --contents looks at what a database holds.", "Leave EXPORT out, or --contents.");
            using var reader = new StreamReader(export);
            verdict = await VerifyTrace.CheckAsync(reader, trusted, cancel, answer.Tell);
        }
        else
        {
            var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
            if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var _ = house;
            verdict = await house.GetRequiredService<VerifyStoredTrace>().CheckAsync(trusted, cancel, answer.Tell);
            if (parsed.GetValue(_contents)) contents = await house.GetRequiredService<VerifyContents>().CheckAsync(answer.Tell, cancel);
        }
        var told = JsonSerializer.SerializeToNode(verdict, WorkItem.Json)!.AsObject();
        if (contents is not null) told["contents"] = JsonSerializer.SerializeToNode(contents, WorkItem.Json);
        return answer.Say(verdict.Holds && contents?.Holds != false ? Exit.Done : Exit.No, told, output =>
        {
            output.WriteLine(verdict.Holds
                ? $"The trace holds: {verdict.Entries} entries in {verdict.Chains} chains, {verdict.Checkpoints} checkpoints; {verdict.Uncovered} entries are after the last one."
                : "The trace does NOT hold:");
            foreach (var fault in verdict.Faults) output.WriteLine("  " + fault);
            foreach (var note in verdict.Notes) output.WriteLine(note);
            if (contents is not null) SayContents(output, contents);
        });
    }

    private static void SayContents(TextWriter output, VerifyContents.Verdict contents)
    {
        var looked = $"{contents.Originals} originals in {contents.Blocks} blocks, {contents.SealedFiles} sealed files";
        output.WriteLine(contents.Holds ? $"What is stored holds: {looked}." : $"What is stored does NOT hold: {contents.Broken} faults in {looked}:");
        foreach (var fault in contents.Faults) output.WriteLine($"  {fault.Where}: {fault.What} {fault.Mend}");
        if (contents.Broken > contents.Faults.Count) output.WriteLine($"  and {contents.Broken - contents.Faults.Count} more.");
    }

    private static async Task<int> ExportAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var _ = house;
        var path = Path.GetFullPath(parsed.GetValue(_out)!);
        await using (var writer = new StreamWriter(path)) await house.GetRequiredService<ExportTrace>().WriteAsync(writer, cancel, answer.Tell);
        return answer.Say(Exit.Done, new { written = path }, output => output.WriteLine($"Written: {path}"));
    }
}
