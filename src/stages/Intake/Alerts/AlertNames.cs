using System.Globalization;
using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Alerts;

/// <summary>The names that messages bear and refer to, and the alerts that are found by them.</summary>
internal static class AlertNames
{
    /// <summary>As <see cref="AlertMessage.RefersTo"/> keeps them.</summary>
    public static string ReferredTo(CapAlert message) =>
        Lists.Join(AlertThreads.Said.Of(message).References.Select(key => $"{key.Sender},{key.Identifier},{Instants.Iso(key.SentAt)}"));

    public static CapKey Of(AlertMessage row) => new(row.Sender, row.Identifier, row.SentAt);

    public static AlertThreads.Said SaidBy(AlertMessage row) => new(Of(row), row.Kind, [.. Lists.Split(row.RefersTo).Select(text => text.Split(','))
        .Select(parts => new CapKey(parts[0], parts[1], DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture)))]);

    /// <summary>All alerts that a message may touch, and their messages: by its names, by the names of what is found there, and so on.</summary>
    public static async Task<(List<Alert> Alerts, List<AlertMessage> Messages)> AroundAsync(Act act, AlertThreads.Said message, CapStatus status, CancellationToken cancel)
    {
        var (alerts, stored, asked) = (new List<Alert>(), new List<AlertMessage>(), new HashSet<CapKey>());
        for (var names = message.Names.ToHashSet(); names.Count > 0; names = [.. stored.SelectMany(row => SaidBy(row).Names).Where(name => !asked.Contains(name))])
        {
            asked.UnionWith(names);
            var found = new List<Alert>();
            foreach (var id in (await KeysAsync(act, names, status, cancel)).Select(key => key.AlertId).Distinct())
            {
                var alert = await AlertShelf.AlertAsync(act, id, cancel);
                while (alert.PartOf is { } whole) alert = await AlertShelf.AlertAsync(act, whole, cancel);
                if (!alerts.Contains(alert) && !found.Contains(alert)) found.Add(alert);
            }
            alerts.AddRange(found);
            stored.AddRange(await AlertShelf.MessagesAsync(act, found.ConvertAll(alert => alert.Id), cancel));
        }
        return (alerts, stored);
    }

    private static async Task<List<AlertKey>> KeysAsync(Act act, HashSet<CapKey> wanted, CapStatus status, CancellationToken cancel)
    {
        var names = wanted.Select(key => key.Identifier).Distinct().ToList();
        await act.Db.Set<AlertKey>().Where(row => names.Contains(row.Identifier) && row.Status == status).LoadAsync(cancel);
        return [.. act.Db.Tracked<AlertKey>().Where(row => row.Status == status && wanted.Contains(new CapKey(row.Sender, row.Identifier, row.SentAt)))];
    }

    /// <summary>By every name that an alert's messages bear or refer to, the alert is found.</summary>
    public static async Task KeepAsync(Act act, HashSet<Alert> changed, List<AlertMessage> messages, CapStatus status, CancellationToken cancel)
    {
        var wanted = changed.SelectMany(alert => messages.Where(row => row.AlertId == alert.Id).SelectMany(row => SaidBy(row).Names).Distinct().Select(name => (alert.Id, Name: name))).ToList();
        var keys = (await KeysAsync(act, [.. wanted.Select(one => one.Name)], status, cancel)).GroupBy(row => new CapKey(row.Sender, row.Identifier, row.SentAt)).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (alert, name) in wanted)
        {
            if (!keys.TryGetValue(name, out var there)) keys[name] = there = [];
            if (there.Exists(row => row.AlertId == alert)) continue;
            var key = new AlertKey
            {
                Sender = name.Sender, Identifier = name.Identifier, SentAt = name.SentAt, Status = status, Ordinal = there.Count == 0 ? 1 : there.Max(row => row.Ordinal) + 1, AlertId = alert,
            };
            act.Db.Add(key);
            there.Add(key);
        }
    }
}
