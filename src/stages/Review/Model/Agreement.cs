using System.Buffers;
using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Review;

public readonly record struct AgreementId(Guid Value) : IStrongId<AgreementId>
{
    public static AgreementId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>What somebody entered of an agreement or channel with other countries. A later version stands; earlier ones stay as they were.</summary>
internal sealed class AgreementVersion
{
    /// <summary>What parts a country from an office in it. No hyphen: Guinea-Bissau is no office in Guinea.</summary>
    private static readonly SearchValues<char> _ends = SearchValues.Create(",;:(/\u2013");

    public required AgreementId Id { get; init; }
    /// <summary>From 1.</summary>
    public required int Version { get; init; }
    /// <summary>One a line, as packages name them.</summary>
    public required string Countries { get; init; }
    /// <summary>The office or body that receives.</summary>
    public required string Body { get; init; }
    /// <summary>The agreement or law, as a package's record names it.</summary>
    public required string Basis { get; init; }
    public required HandOverChannel Channel { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The last day; null while it has no end.</summary>
    public DateOnly? Until { get; init; }
    /// <summary>Where its text is: a treaty number, a file number, an address.</summary>
    public required string Source { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<string> CountryList => Countries.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day <= Until);

    /// <summary>Whether it is for the country that a receiver's words begin with: "Portugal, Polícia Judiciária".</summary>
    public bool IsFor(string receiver)
    {
        var end = receiver.AsSpan().IndexOfAny(_ends);
        var country = Names.Fold(end < 0 ? receiver : receiver[..end]);
        return CountryList.Any(one => Names.Fold(one) == country);
    }
}
