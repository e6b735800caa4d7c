using Homeward.Exchange.Alerts;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Alerts;

/// <summary>Reads alerts anew from their originals: nothing that they say is stored twice, and a better reader sees more in them.</summary>
internal sealed class AlertReading(Envelope envelope)
{
    public static string Context(Guid message) => $"alert-message/{StrongId.Text(message)}";

    public CapAlert Open(AlertMessage message)
    {
        var parsed = CapXml.Read(envelope.Open("originals", Context(message.Id), message.Sealed));
        // It was read when it came; a reader that reads less would be a bug.
        Ensure.That(parsed.IsTaken);
        return parsed.Value;
    }

    /// <summary>What the alert says: its newest message that says anything. A cancel may come without a word.</summary>
    public CapAlert Facts(IReadOnlyList<AlertMessage> messages)
    {
        var read = messages.Where(row => row.Kind is not (CapKind.Ack or CapKind.Error)).OrderByDescending(row => (row.SentAt, row.Kind, row.Identifier)).Select(Open).ToList();
        return read.Find(alert => alert.Infos.Count > 0) ?? read.FirstOrDefault() ?? Open(messages[0]);
    }
}
