using System.Globalization;

namespace Homeward.Linkage;

/// <summary>Reads what people decided, or labelled: a CSV with the columns left, right and judgement.</summary>
/// <remarks>
/// Records are called as the reports call them (<see cref="RecordNames"/>), so that a decision outlives the order of
/// the rows. Of two lines about one pair the later stands; a line about a record that is gone has nothing to say.
/// </remarks>
internal static class DecisionFile
{
    private const int FaultsMax = 50;

    private static readonly string[] SameWords = ["same", "positive", "yes", "y", "true", "1"];
    private static readonly string[] NotWords = ["not the same", "not same", "different", "negative", "no", "n", "false", "0"];
    private static readonly string[] OpenWords = ["unsure", "not enough", "no judgement", "open", ""];

    /// <returns>The decisions, and how many lines speak of a record that is not there.</returns>
    /// <exception cref="LinkageException">A column is missing or a word unknown; all faults at once, with their rows.</exception>
    public static (IReadOnlyList<DecidedRows> Decisions, int Gone) Read(string path, Dataset data, RecordNames names)
    {
        var table = new Dataset();
        CsvSource.Read(table, path, Path.GetFileName(path));
        var (left, right, judgement) = (Column("left"), Column("right"), Column("judgement"));
        if (left is null || right is null || judgement is null)
        {
            throw new LinkageException([new($"{path}, line 1", "needs the columns left, right, judgement.",
                $"It has {string.Join(", ", table.Columns.Select(column => column.Name))}. Write a record as the report does: {(data.RowCount > 0 ? names[0] : "its id")}.")]);
        }
        var (decisions, faults, gone) = (new List<DecidedRows>(), new List<LinkageFault>(), 0);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (JudgementOf(judgement[row]) is not { } judged)
            {
                if (!OpenWords.Contains(judgement[row].Trim().ToLowerInvariant()) && faults.Count < FaultsMax)
                    faults.Add(new($"{path}, row {(row + 1).ToString(CultureInfo.InvariantCulture)}",
                        $"\"{judgement[row]}\" is no judgement.", "Write same, not the same, or unsure."));
                continue;
            }
            int one = names.Find(left[row]), other = names.Find(right[row]);
            if (one < 0 || other < 0) gone++;
            else decisions.Add(new(FileOf(one), data.NumberInSource(one), FileOf(other), data.NumberInSource(other), judged));
        }
        return faults.Count == 0 ? (decisions, gone) : throw new LinkageException(faults);

        DataColumn? Column(string name) => table.Columns.FirstOrDefault(column => string.Equals(column.Name, name,
            StringComparison.OrdinalIgnoreCase));
        int FileOf(int row) => data.SourceOf(row) + 1;
    }

    private static Judgement? JudgementOf(string word)
    {
        word = word.Trim().ToLowerInvariant();
        return SameWords.Contains(word) ? Judgement.Same : NotWords.Contains(word) ? Judgement.NotTheSame : null;
    }
}
