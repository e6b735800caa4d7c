using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Its name as a form sends it, <c>child.born</c>; of a list, the list's.</param>
/// <param name="Says">A whole sentence that names it.</param>
internal readonly record struct FieldFault(string Field, string Says)
{
    /// <summary>All of them in a row, and each by its field: a form says it beside that.</summary>
    public static Problem AsProblem(string code, IReadOnlyList<FieldFault> faults, string mend) =>
        Problem.Invalid(code, string.Join(' ', faults.Select(fault => fault.Says)), mend) with
        {
            Fields = faults.GroupBy(fault => fault.Field).ToDictionary(group => group.Key, group => string.Join(' ', group.Select(fault => fault.Says))),
        };
}
