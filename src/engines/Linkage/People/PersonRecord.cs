using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>What is known of a person in one record. Everything but the id may be missing.</summary>
/// <param name="Id">Unique in an index.</param>
/// <param name="Source">The list or system that it comes from.</param>
public sealed record PersonRecord(string Id, string Source = "")
{
    private const int FieldsUsual = 8;

    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }

    /// <summary>Other whole names, or single ones, that the person goes by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Birth date as far as known.</summary>
    public PartialDate BornOn { get; init; }

    /// <summary>An age at a date, used where <see cref="BornOn"/> is unknown. It grows with the time since.</summary>
    public AgeAt? Age { get; init; }

    /// <summary>A code of the caller's list, such as F, M; null or "U" where unknown.</summary>
    public string? Sex { get; init; }

    public string? City { get; init; }
    public string? State { get; init; }

    /// <summary>Degrees; both or neither.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    public IReadOnlyList<string> Phones { get; init; } = [];
    public IReadOnlyList<string> Emails { get; init; } = [];
    public IReadOnlyList<string> ScreenNames { get; init; } = [];

    /// <summary>Numbers given by authorities, with their kind in front where kinds could clash: <c>ncic:M123</c>.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>Centimetres, as they were on <see cref="MeasuredOn"/>. Heights are compared as they will be when the person is grown.</summary>
    public (double Min, double Max)? HeightCm { get; init; }

    /// <summary>Kilograms, as they were on <see cref="MeasuredOn"/>, compared like heights. Weights come and go: they say little.</summary>
    public (double Min, double Max)? WeightKg { get; init; }

    /// <summary>When height and weight were taken. Null where nobody knows: then they say nothing, for the person may have been a child. So it is where the age is not known.</summary>
    public DateOnly? MeasuredOn { get; init; }

    /// <summary>Codes of scars, marks and tattoos.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The record in the fields of <see cref="PersonSchema"/>.</summary>
    public LinkRecord ToRecord()
    {
        var values = new List<(string Field, string Text)>(FieldsUsual);
        Add(PersonSchema.GivenName, GivenName);
        Add(PersonSchema.FamilyName, FamilyName);
        AddAll(PersonSchema.Alias, Aliases);
        Add(PersonSchema.Born, BornOn.IsUnknown ? Age?.BornBetween : BornOn.ToString());
        Add(PersonSchema.Sex, Sex is "U" or "u" ? null : Sex);
        Add(PersonSchema.Place, PlaceText);
        AddAll(PersonSchema.Phone, Phones);
        AddAll(PersonSchema.Email, Emails);
        AddAll(PersonSchema.ScreenName, ScreenNames);
        AddAll(PersonSchema.Identifier, Identifiers);
        Add(PersonSchema.Height, Grown(HeightCm, Growth.Height));
        Add(PersonSchema.BodyWeight, Grown(WeightKg, Growth.Weight));
        AddAll(PersonSchema.Mark, Marks);
        return LinkRecord.Of(Id, Source, [.. values]);

        void Add(string field, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text)) values.Add((field, text.Trim()));
        }

        void AddAll(string field, IReadOnlyList<string> texts)
        {
            for (var i = 0; i < texts.Count; i++) Add(field, texts[i]);
        }
    }

    private string? Grown((double Min, double Max)? measure, Func<(double Min, double Max), (double Min, double Max), string?, (double Min, double Max)?> growth)
    {
        if (measure is not { } taken || AgeWhenMeasured is not { } age || growth(taken, age, Sex) is not { } grown) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{grown.Min:0.#}..{grown.Max:0.#}");
    }

    /// <summary>In months, from and to.</summary>
    private (double Min, double Max)? AgeWhenMeasured
    {
        get
        {
            const double daysPerMonth = 365.25 / 12;
            if (MeasuredOn is not { } taken) return null;
            var text = BornOn.IsUnknown ? Age?.BornBetween : BornOn.ToString();
            return text is not null && DateReader.Read(text, null) is DateValue { IsDate: true } born
                ? ((taken.DayNumber - born.Last) / daysPerMonth, (taken.DayNumber - born.First) / daysPerMonth)
                : null;
        }
    }

    private string? PlaceText
    {
        get
        {
            var point = Latitude is { } latitude && Longitude is { } longitude
                ? string.Create(CultureInfo.InvariantCulture, $" @{latitude},{longitude}")
                : "";
            return ValueReader.SaysNothing(City) && ValueReader.SaysNothing(State) && point.Length == 0
                ? null
                : string.IsNullOrWhiteSpace(State) ? $"{City}{point}" : $"{City}, {State}{point}";
        }
    }
}

/// <summary>An age in whole years, from and to, as it was on a day.</summary>
public readonly record struct AgeAt(int MinYears, int MaxYears, DateOnly On)
{
    /// <summary>The days on which the person may have been born: <c>2003-07-02..2004-07-01</c>.</summary>
    public string BornBetween
    {
        get
        {
            Ensure.That(MinYears is >= 0 and <= 150);
            Ensure.That(MaxYears >= MinYears && MaxYears <= 150);
            return string.Create(CultureInfo.InvariantCulture,
                $"{On.AddYears(-MaxYears - 1).AddDays(1):yyyy-MM-dd}..{On.AddYears(-MinYears):yyyy-MM-dd}");
        }
    }
}
