namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Sections B and D, under keys of our own: no public program shows theirs.</summary>
internal sealed class JsonNcmecMapping(TipBuilder tip)
{
    private readonly JsonFields _fields = new(tip);

    public IReadOnlyList<TipLookup> Lookups(JsonAt at)
    {
        List<TipLookup>? lookups = null;
        foreach (var one in at.Wrapped("ipLookups"))
        {
            var lookup = new TipLookup(
                _fields.Value(one["ipAddress"]) ?? "", Readings.Country(_fields.Value(one["country"])), _fields.Value(one["region"]), _fields.Value(one["city"]), _fields.Value(one["isp"]), one.Path);
            if (lookup.Ip.Length > 0) Gather.Add(ref lookups, lookup);
        }
        return lookups.OrNone();
    }

    public IReadOnlyList<TipHandover> Handovers(JsonAt at)
    {
        List<TipHandover>? handovers = null;
        foreach (var one in at.Wrapped("contacts"))
        {
            Gather.Add(ref handovers, new TipHandover(
                _fields.Value(one["agencyName"]), _fields.Value(one["contactName"]), _fields.Instant(one["dateTime"]), one.Path));
        }
        return handovers.OrNone();
    }
}
