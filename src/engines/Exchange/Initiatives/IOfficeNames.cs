namespace Homeward.Exchange.Initiatives;

/// <summary>What the reader of an initiative must ask of those who know offices and agencies.</summary>
public interface IOfficeNames
{
    /// <summary>The first day for which offices are on record; before it no initiative can have been.</summary>
    DateOnly OnRecordFrom { get; }

    /// <summary>Resolves a code, name or alias to the code of an office that exists in the window, on any of its days.</summary>
    /// <returns>Null when there is none.</returns>
    string? Resolve(string written, DateOnly from, DateOnly to);

    /// <summary>Names of all offices that exist in the window, each once: for the answer to a wrong one, and to know when all are listed.</summary>
    IReadOnlyList<string> Known(DateOnly from, DateOnly to);

    /// <summary>True when an agency with this ORI is known.</summary>
    bool KnowsOri(string ori);
}
