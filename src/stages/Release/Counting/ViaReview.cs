using Homeward.Foundations.People;
using Homeward.Operations;
using Homeward.Review;

namespace Homeward.Release.Counting;

/// <summary>Whether a confirmed match of this very child led to the operation that found it.</summary>
internal sealed class ViaReview
{
    private readonly HashSet<(OperationId, PersonRecordId)> _led = [];
    private readonly HashSet<LeadId> _unnamed;

    public ViaReview(TallyInput input)
    {
        var confirmed = input.Leads.Where(lead => lead.ViaReview).ToDictionary(lead => lead.Id);
        _unnamed = [.. confirmed.Values.Where(lead => lead.Child is null).Select(lead => lead.Id)];
        foreach (var operation in input.Operations)
            foreach (var id in operation.Leads)
                if (confirmed.GetValueOrDefault(id)?.Child is { } child) _led.Add((operation.Id, input.Persons.PersonOf(child)));
    }

    public bool Led(ChildFigure child) => child.Findings.Any(fact => fact.Base.Operation is { } operation
        && (_led.Contains((operation, child.Person)) || fact.Base.Lead is { } lead && _unnamed.Contains(lead)));
}
