using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Release.Wording;

namespace Homeward.Release;

public enum ExportFormat { Html, Json, Csv }

/// <param name="Name">File name without folder.</param>
public sealed record ExportFile(string Name, string MediaType, string Content);

/// <summary>An announcement as a file. Whatever is invented says EXERCISE in every one of them .</summary>
public static class ExportAnnouncement
{
    public sealed record Request(AnnouncementId Id, ExportFormat Format);
    public sealed record Page(IReadOnlyList<ExportFile> Files);

    internal sealed class Handler(ShowAnnouncement.Handler show) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var shown = await show.HandleAsync(new ShowAnnouncement.Request(request.Id), act, cancel);
            if (!shown.TryGet(out var page, out var problem)) return problem;
            act.Trace("announcement", page.Id.Value, $"exported;format={request.Format}");
            return new Page([AnnouncementExport.Of(page, request.Format)]);
        }
    }
}
