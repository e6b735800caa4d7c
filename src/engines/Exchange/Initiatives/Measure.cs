using System.Globalization;

namespace Homeward.Exchange.Initiatives;

/// <summary>A published count: not given, exact, or a floor ("more than 40"). <c>default</c> is not given.</summary>
/// <remarks>Not given is not 0: it was not published, and nobody may print it as if it had been.</remarks>
public readonly record struct Measure
{
    private readonly Form _form;

    private Measure(Form form, int count) => (_form, Count) = (form, count);

    private enum Form { NotGiven, Exactly, MoreThan }

    /// <summary>The number in the file; 0 when not given. For a floor the count itself is at least one more.</summary>
    public int Count { get; }
    public bool IsGiven => _form != Form.NotGiven;
    public bool IsExact => _form == Form.Exactly;
    public bool IsFloor => _form == Form.MoreThan;
    /// <summary>The least that the count may be.</summary>
    public int AtLeast => IsFloor ? Count + 1 : Count;

    public static Measure NotGiven => default;
    public static Measure Exactly(int count) => new(Form.Exactly, count);
    public static Measure MoreThan(int count) => new(Form.MoreThan, count);

    /// <summary>True when a counted figure agrees with the file; a measure not given agrees with any.</summary>
    public bool Allows(int counted) => _form switch
    {
        Form.NotGiven => true,
        Form.Exactly => counted == Count,
        _ => counted > Count,
    };

    public override string ToString() => _form switch
    {
        Form.NotGiven => "not given",
        Form.Exactly => Count.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"more than {Count}"),
    };
}
