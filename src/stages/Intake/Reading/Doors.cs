using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Takes in what comes by other doors than the CyberTipline: once for each number.</summary>
internal static class Doors
{
    /// <summary>Reads a feed, puts aside what cannot be read, stores what is new.</summary>
    public static async Task<BatchReceipt> ReceiveAsync<TRecord>(
        Act act, Envelope envelope, DutyBook duties, string kind, JsonLineFormat<TRecord> format, IReadOnlyList<RawLine> lines,
        Func<TRecord, RawLine, Door> open, Func<TRecord, string?> claim, CancellationToken cancel) where TRecord : class
    {
        var (taken, rejected, refused) = (new List<(Door Door, string? Claim)>(), new List<RejectedRecord>(), new List<RefusedLine>());
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line.Text);
            if (format.ReadLine(bytes, Math.Max(1, line.Line)).TryGet(out var record, out var faults))
            {
                taken.Add((open(record, line), claim(record)));
                continue;
            }
            rejected.Add(new(kind, line.Source,
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes, faults));
            refused.Add(new(line.Source, line.Line, faults));
        }
        var numbers = taken.Select(one => one.Door.Number).ToList();
        var known = await act.Db.Set<Door>().Where(row => numbers.Contains(row.Number)).Select(row => row.Number).ToHashSetAsync(cancel);
        var fresh = taken.Where(one => known.Add(one.Door.Number)).ToList();
        foreach (var one in fresh) await OpenAsync(act, envelope, duties, one.Door, one.Claim, cancel);
        await Rejects.KeepAsync(act, envelope, rejected, cancel);
        var receipt = new BatchReceipt(fresh.Count, 0, taken.Count - fresh.Count, rejected.Count, refused.Count > 0 ? refused : null);
        Rejects.Count(act, kind, receipt);
        return receipt;
    }

    /// <summary>Stores one, and alerts the duty officer where danger is claimed to be imminent .</summary>
    public static async Task OpenAsync(Act act, Envelope envelope, DutyBook duties, Door door, string? claim, CancellationToken cancel)
    {
        act.Db.Add(door);
        if (!string.IsNullOrWhiteSpace(claim))
            act.Db.Entry(door).Property(row => row.Claim).CurrentValue = envelope.SealText($"door/{door.Id}", claim);
        if (door.ImminentClaimed)
            await duties.StartAsync(act, "alert-imminent", $"door/{door.Number}", "door", door.Id.Value, new DutyOwner(Role.Supervisor), act.Now, cancel);
        act.Trace("door", door.Id.Value, $"kind={door.Kind};about={door.About}");
        act.Tell(new DoorOpened(door.Id));
    }

    public static Door Of(
        Act act, DoorKind kind, string number, string about, DateTimeOffset receivedAt, bool imminent, bool callerNamed,
        string? senderOri, StatedPerson? child, StatedPlace? place, string source) => new()
    {
        Id = act.Ids.Next<DoorId>(), Kind = kind, Number = number, About = about, ReceivedAt = receivedAt,
        ImminentClaimed = imminent, CallerNamed = callerNamed, SenderOri = senderOri, Source = source,
        Given = child?.Given ?? "", Family = child?.Family ?? "", Born = child?.Born ?? default, Age = child?.Age, Sex = child?.Sex,
        Street = place?.Street, City = place?.City, State = place?.State, Zip = place?.Zip, CountyFips = place?.CountyFips,
        Latitude = place?.Lat, Longitude = place?.Lon,
        OfficeCode = place is null ? null : Gazetteer.Default.ResolvePlace(
            Place(place.Street, place.City, place.State, place.Zip, place.CountyFips, place.Lat, place.Lon),
            DateOnly.FromDateTime(receivedAt.UtcDateTime)).Office?.Code,
    };

    public static PlaceQuery Place(
        string? street, string? city, string? state, string? zip, string? county, double? latitude, double? longitude) => new()
    {
        Street = street, City = city, State = state, Zip = zip, County = county, Latitude = latitude, Longitude = longitude,
    };
}
