using System.Security.Cryptography;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>A tip or a referral as read from one message, with what is kept of that message.</summary>
/// <param name="Claim">What the caller or the agency says.</param>
/// <param name="Bytes">The message as it came.</param>
internal sealed record ReadDoor(Door Door, string? Claim, byte[] Bytes)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>Takes in what comes by other doors than the CyberTipline: what is new, and what is said otherwise under a number that is there.</summary>
internal static class Doors
{
    /// <summary>Reads a feed, puts aside what cannot be read, stores the rest.</summary>
    /// <param name="received">When the sender received it.</param>
    /// <param name="said">Of whom and where it tells.</param>
    /// <param name="open">From the record, when it counts as received, and where it came from.</param>
    public static async Task<BatchReceipt> ReceiveAsync<TRecord>(
        Act act, DoorShelf shelf, string kind, JsonLineFormat<TRecord> format, IReadOnlyList<RawLine> lines, Func<TRecord, DateTimeOffset> received,
        Func<TRecord, (StatedPerson? Child, StatedPlace? Place)> said, Func<TRecord, (DateTimeOffset At, string Source), Door> open, Func<TRecord, string?> claim, CancellationToken cancel) where TRecord : class
    {
        var (taken, rejected, refused) = (new List<(ReadDoor Read, RawLine Line)>(), new List<RejectedRecord>(), new List<RefusedLine>());
        var (unread, doubts) = (new List<(string Source, IReadOnlyList<string> Fields)>(), new List<DoubtedValue>());
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line.Text);
            var parsed = format.ReadLine(bytes, Math.Max(1, line.Line));
            if (!parsed.TryGet(out var record, out var faults)) Reject(line, bytes, faults);
            else if (SenderTime.Fault(received(record), act.Now, Math.Max(1, line.Line)) is { } ahead) Reject(line, bytes, [ahead]);
            else
            {
                var read = new ReadDoor(open(record, SenderTime.Taken(received(record), act.Now, line)), claim(record), bytes);
                taken.Add((read, line));
                unread.Add((line.Source, parsed.Unread));
                // Told and never refused for it: a claim of danger must not wait until somebody has mended a ZIP.
                var (child, place) = said(record);
                foreach (var (field, says) in StatedFaults.Of(child, place?.State, place?.Zip, DateOnly.FromDateTime(read.Door.ReceivedAt.UtcDateTime)))
                    doubts.Add(new(line.Source, line.Line, field.Contains('.', StringComparison.Ordinal) ? field : $"place.{field}", says));
            }
        }
        var books = await shelf.FindAsync(act.Db, [.. taken.Select(one => one.Read.Door.Number).Distinct()], cancel);
        var (fresh, versions, repeats) = (0, 0, 0);
        foreach (var (read, line) in taken)
        {
            switch (await shelf.PutAsync(act, books, read, cancel))
            {
                case DoorShelf.Became.New: fresh++; break;
                case DoorShelf.Became.Version: versions++; break;
                case DoorShelf.Became.Repeat: repeats++; break;
                // Neither may stand in the other's place, and neither is lost.
                case DoorShelf.Became.OfAnother:
                    Reject(line, read.Bytes, [new(Math.Max(1, line.Line), 0, "number", "another sender's tip or referral has this number", "give it a number of your own, with your ORI before it")]);
                    break;
            }
        }
        await Rejects.KeepAsync(act, shelf.Envelope, rejected, cancel);
        var receipt = new BatchReceipt(fresh, versions, repeats, rejected.Count, refused.Count > 0 ? refused : null, UnreadField.Of(unread), doubts.Count > 0 ? doubts : null);
        Rejects.Count(act, kind, receipt);
        return receipt;

        void Reject(RawLine line, byte[] bytes, IReadOnlyList<Rejection> faults)
        {
            rejected.Add(new(kind, line.Source, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes, faults));
            refused.Add(new(line.Source, line.Line, faults));
        }
    }

    public static Door Of(
        Act act, DoorKind kind, string number, string about, DateTimeOffset receivedAt, bool imminent, bool callerNamed,
        string? senderOri, StatedPerson? child, StatedPlace? saidPlace, string source)
    {
        var place = StatedFaults.WithCode(saidPlace);
        return new()
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
    }

    public static PlaceQuery Place(
        string? street, string? city, string? state, string? zip, string? county, double? latitude, double? longitude) => new()
    {
        Street = street, City = city, State = state, Zip = zip, County = county, Latitude = latitude, Longitude = longitude,
    };
}
