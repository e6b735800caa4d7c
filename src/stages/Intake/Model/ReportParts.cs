using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>Whom and what one version of a report names, in the order of the original. Stored in one piece, beside what else is known of it.</summary>
/// <remarks>A person or a file is known by its place here, from 0: an identifier names its person so, and Review its matches.</remarks>
internal sealed record ReportParts(PersonPart[] Persons, IdentifierPart[] Identifiers, FilePart[] Files)
{
    public static readonly ReportParts None = new([], [], []);

    private long[]? _looks;

    /// <summary>Whoever alters a part alters what is worked out of it.</summary>
    private ReportParts(ReportParts from) => (Persons, Identifiers, Files) = (from.Persons, from.Identifiers, from.Files);

    /// <summary>By what its identifiers are looked up in the first generation, each once, in ascending order. Worked out when it is first asked for.</summary>
    public long[] Looks => _looks ??= LooksOf(Identifiers);

    /// <summary>The same in another generation.</summary>
    public long[] LooksIn(int generation) => Array.ConvertAll(Looks, look => Look.In(generation, look));

    private static long[] LooksOf(IdentifierPart[] identifiers)
    {
        var looks = Array.ConvertAll(identifiers, one => one.Look);
        Array.Sort(looks);
        var once = Ascending.Once<long>(looks);
        return once.Length == looks.Length ? looks : once.ToArray();
    }

    /// <summary>Identifiers of this kind and value, wherever they stand.</summary>
    public IEnumerable<IdentifierPart> Holding(string kind, string value) => Identifiers.Where(one => one.Value == value && one.Kind == kind);
}

/// <summary>A person in one version of a report.</summary>
internal sealed record PersonPart(TipRole Role, string Path)
{
    public string Given { get; init; } = "";
    public string Family { get; init; } = "";
    /// <summary>Preferred and display names, one a line.</summary>
    public string OtherNames { get; init; } = "";
    public PartialDate Born { get; init; }
    public int? Age { get; init; }
    public string? Sex { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? Zip { get; init; }
}

/// <summary>Something by which two records can be known to speak of the same thing, in normal form.</summary>
/// <param name="Person">Whose it is; null when the report ties it to nobody.</param>
/// <param name="At">For an IP address or a device: when it was seen.</param>
internal sealed record IdentifierPart(string Kind, string Value, string Path, int? Person, DateTimeOffset? At)
{
    /// <summary>By what it is looked up, in no generation yet.</summary>
    public long Look => Model.Look.Of(Kind, Value);
}

/// <summary>What a report says of an uploaded file: what an officer must know before opening it elsewhere .</summary>
internal sealed record FilePart(string? FileId, Stated ViewedByProvider, Stated PubliclyAvailable, string? Classification, string Path);
