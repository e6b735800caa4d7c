using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Tips;

/// <summary>The hotline's feed.</summary>
public static class HotlineTips
{
    /// <summary><c>tips/hotline.jsonl</c>.</summary>
    public static JsonLineFormat<HotlineTip> Json { get; } = new(
        static row => new HotlineTip(
            row.RequiredInstant("received"), row.Required("number"), row.Flag("imminent") == Stated.Yes,
            row.RequiredWord<Caller>("caller") == Caller.Named, row.Person("child"), row.Place("place"), row.Text("claim")),
        static (json, tip) =>
        {
            json.Instant("received", tip.Received);
            json.WriteString("number", tip.Number);
            json.WriteBoolean("imminent", tip.Imminent);
            json.Word<Caller>("caller", tip.CallerNamed ? Caller.Named : Caller.Anonymous);
            json.Person("child", tip.Child);
            json.Place("place", tip.Place);
            json.Text("claim", tip.Claim);
        });

    internal enum Caller { Anonymous, Named }
}
