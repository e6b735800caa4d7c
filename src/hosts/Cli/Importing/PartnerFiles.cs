using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Partners;

namespace Homeward.Cli.Importing;

/// <summary>Which partner list a file is: by the name that it has in a raw folder, else by its columns.</summary>
internal static class PartnerFiles
{
    private static readonly string[] _named = [RawFolder.Agencies, RawFolder.TaskForces, RawFolder.Members];

    /// <summary>The columns of the lists, for the answer to a file that is none.</summary>
    public static string Columns { get; } = string.Join(" or ", new[] { PartnerLists.Agencies.Columns, PartnerLists.TaskForces.Columns, PartnerLists.Members.Columns }.Select(columns => string.Join(',', columns)));

    /// <returns>The path that it has in a raw folder; null when it is no partner list.</returns>
    public static string? PathOf(string file)
    {
        if (Array.Find(_named, path => Path.GetFileName(path) == Path.GetFileName(file)) is { } named) return named;
        if (HeaderOf(file) is not { } header) return null;
        if (PartnerLists.Agencies.Lacks(header) is null) return RawFolder.Agencies;
        if (PartnerLists.TaskForces.Lacks(header) is null) return RawFolder.TaskForces;
        return PartnerLists.Members.Lacks(header) is null ? RawFolder.Members : null;
    }

    private static string? HeaderOf(string file)
    {
        using var content = File.OpenRead(file);
        try
        {
            return CsvRows.Of(content).Select(row => row.Text).FirstOrDefault();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
