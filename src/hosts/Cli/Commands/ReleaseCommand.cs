using System.CommandLine;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Release;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward release INITIATIVE</c>: the approved announcement as files; html, pdf, json or csv.</summary>
internal static class ReleaseCommand
{
    private static readonly Argument<string> _initiative = Common.Initiative();
    private static readonly Option<string?> _office = new("--office") { Description = "An office's own announcement, by code, name or alias." };
    private static readonly Option<string> _format = new("--format") { Description = "html, pdf, json or csv.", DefaultValueFactory = _ => "html" };
    private static readonly Option<DirectoryInfo> _out = new("--out") { Description = "Where the files go.", Required = true, Validators = { Common.MayBeFolder } };

    public static Command Build() => new Command("release", "Write an announcement. Example: homeward release \"Operation Independence Day\" --office \"Kansas City\" --out kc")
        { _initiative, _office, _format, _out }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var asked = parsed.GetValue(_format)!.ToLowerInvariant();
        if (asked is not ("html" or "pdf" or "json" or "csv"))
            return answer.Refuse(Exit.BadInput, "format", $"\"{asked}\" is no format known here.", "Known: html, pdf, json, csv.");
        var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var _ = house;
        var desk = house.GetRequiredService<Desk>();
        var initiative = parsed.GetValue(_initiative)!;
        var office = parsed.GetValue(_office);
        var listed = await desk.DoAsync<ListAnnouncements.Request, ListAnnouncements.Page>(TallyCommand.Console, new(initiative, office), cancel);
        if (!listed.TryGet(out var list, out var hidden)) return answer.Refuse(hidden);
        if (list.Initiative is null) return answer.Refuse(Exit.BadInput, "not-found", $"There is no initiative \"{initiative}\".", "Check its name.");
        var approved = list.Rows.FirstOrDefault(row => row.Office is null == office is null && row.State != AnnouncementState.Draft);
        if (approved is null)
            return answer.Refuse(Exit.No, "nothing-approved", $"Nothing is approved for {office ?? "the nation"}.", "An announcement is drafted by one person and approved by another.");

        var format = asked switch { "json" => ExportFormat.Json, "csv" => ExportFormat.Csv, _ => ExportFormat.Html };
        var exported = await desk.DoAsync<ExportAnnouncement.Request, ExportAnnouncement.Page>(TallyCommand.Console, new(approved.Id, format), cancel);
        if (!exported.TryGet(out var page, out var refused)) return answer.Refuse(refused);
        var folder = parsed.GetValue(_out)!.FullName;
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var file in page.Files)
        {
            var path = Path.Combine(folder, file.Name);
            await File.WriteAllTextAsync(path, file.Content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancel);
            if (asked == "pdf")
            {
                var pdf = Path.ChangeExtension(path, ".pdf");
                var printed = await PdfPrinter.PrintAsync(path, pdf, cancel);
                File.Delete(path);
                if (!printed.TryGet(out var _, out var unprinted)) return answer.Refuse(Exit.Fault, unprinted.Code, unprinted.What, unprinted.Mend);
                path = pdf;
            }
            written.Add(path);
        }
        return answer.Say(Exit.Done, new { written }, output => written.ForEach(output.WriteLine));
    }
}
