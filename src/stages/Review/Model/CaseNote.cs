using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review;

public readonly record struct CaseNoteId(Guid Value) : IStrongId<CaseNoteId>
{
    public static CaseNoteId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>A note on a report or a lead. It stays as it was written: a correction is another note that names it.</summary>
internal sealed class CaseNote
{
    public required CaseNoteId Id { get; init; }
    /// <summary>The id of the report or of the lead: with <see cref="Ordinal"/> unique, so that two who write at once come one after the other.</summary>
    public required Guid Subject { get; init; }
    public ReportId? Report { get; init; }
    public LeadId? Lead { get; init; }
    /// <summary>1, 2, 3 … for each subject.</summary>
    public required int Ordinal { get; init; }
    /// <summary>The earlier note that this one puts right.</summary>
    public CaseNoteId? Corrects { get; init; }
    /// <summary>Encrypted, bound to <c>case-note/…id…</c>.</summary>
    public required byte[] Text { get; init; }
    /// <summary>A filter over its words, by which it is found without being opened.</summary>
    public required byte[] Words { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
}
