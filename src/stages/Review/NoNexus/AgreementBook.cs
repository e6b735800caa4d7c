using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.NoNexus;

/// <summary>The agreements and channels that the house knows, each as its newest version says.</summary>
internal static class AgreementBook
{
    /// <summary>So many a house has at most: there are fewer than 200 countries.</summary>
    public const int AgreementsMax = 1_000;
    private const int CountriesMax = 250;
    /// <summary>The channels that lead abroad.</summary>
    public static readonly IReadOnlyList<HandOverChannel> Channels = [.. Enum.GetValues<HandOverChannel>().Where(channel => channel != HandOverChannel.CaseManagementTool)];

    public static async Task<IReadOnlyList<AgreementVersion>> NewestAsync(HomewardDb db, CancellationToken cancel)
    {
        var all = db.Set<AgreementVersion>().AsNoTracking();
        return [.. (await all.Where(row => !all.Any(later => later.Id == row.Id && later.Version > row.Version)).ToListAsync(cancel))
            .OrderBy(row => row.Countries, StringComparer.Ordinal).ThenBy(row => row.Id.Value)];
    }

    public static Task<AgreementVersion?> NewestAsync(HomewardDb db, AgreementId id, CancellationToken cancel) =>
        db.Set<AgreementVersion>().AsNoTracking().Where(row => row.Id == id).OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancel);

    /// <summary>Those in force on the day of an act, first those for the country of a receiver.</summary>
    public static async Task<IReadOnlyList<(AgreementVersion Agreement, bool Fits)>> ForAsync(Act act, string receiver, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(act.Now.UtcDateTime);
        return [.. (await NewestAsync(act.Db, cancel)).Where(one => one.HoldsOn(day)).Select(one => (one, one.IsFor(receiver))).OrderByDescending(one => one.Item2)];
    }

    /// <summary>Writes a version, or says what is wrong with it.</summary>
    public static Result<AddAgreement.Receipt> Write(Act act, AgreementId id, int version, AddAgreement.Request said)
    {
        var countries = said.Countries.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (countries.Count is 0 or > CountriesMax) return Problem.Invalid("no-country", $"It names no country, or more than {CountriesMax}.", "Name each country on a line of its own.");
        if (!Channels.Contains(said.Channel)) return Problem.Invalid("not-abroad", "This channel leads to the clearing house and not abroad.", "Choose the way to the other country.");
        if (said.Until < said.From) return Problem.Invalid("ends-before", "Its last day lies before its first.", "Exchange the two, or leave the last day open.");
        act.Db.Add(new AgreementVersion
        {
            Id = id, Version = version, Countries = string.Join('\n', countries), Body = said.Body.Trim(), Basis = said.Basis.Trim(), Channel = said.Channel, From = said.From!.Value,
            Until = said.Until, Source = said.Source.Trim(), By = act.Actor.Id, At = act.Now,
        });
        act.Trace("agreement", id.Value, $"version={version}");
        return new AddAgreement.Receipt(id, version);
    }

    /// <summary>What a package's record says of the agreement under which it left.</summary>
    public static string Words(AgreementVersion one) => $"{one.Basis} ({one.Body}; {one.Source})";
}
