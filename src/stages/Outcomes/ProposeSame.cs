using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Linkage;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;
using PersonRecord = Homeward.Foundations.People.PersonRecord;

namespace Homeward.Outcomes;

/// <summary>After each fact about a person: proposes which other records may be the same person. A person decides .</summary>
/// <remarks>The same print or number is proposed whatever else differs; else name, aliases and birth date must outweigh chance.</remarks>
internal sealed class ProposeSame(PersonIndex index) : IListen<FactRecorded>
{
    /// <summary>In bits: as likely as not.</summary>
    private const double WeightMin = 0;

    public async Task HearAsync(FactRecorded happened, Act act, CancellationToken cancel)
    {
        if (happened.Person is not { } id) return;
        var person = await act.Db.Set<PersonRecord>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var marks = person.MarkList.ToHashSet(StringComparer.Ordinal);
        var likely = (await index.LikeAsync(act.Db, person, cancel))
            .Where(candidate => candidate.Weight >= WeightMin || candidate.Record[PersonSchema.Identifier].Any(marks.Contains)).ToList();
        if (likely.Count == 0) return;

        var persons = await IdentityLedger.AsOfAsync(act.Db, act.Now, cancel);
        var decided = await act.Db.Set<IdentityDecision>().AsNoTracking().Where(row => row.Left == id || row.Right == id)
            .Select(row => new { row.Left, row.Right }).ToListAsync(cancel);
        var proposed = await act.Db.Set<IdentityProposal>().AsNoTracking().Where(row => row.Left == id || row.Right == id)
            .Select(row => new { row.Left, row.Right }).ToListAsync(cancel);
        var known = decided.Concat(proposed).SelectMany(pair => new[] { pair.Left, pair.Right }).ToHashSet();
        // One proposal for each other person is enough: more would ask the same question again.
        var askedAbout = new HashSet<PersonRecordId> { persons.PersonOf(id) };
        foreach (var candidate in likely)
        {
            Ensure.That(StrongId.TryParse<PersonRecordId>(candidate.Id, out var other));
            if (known.Contains(other) || !askedAbout.Add(persons.PersonOf(other))) continue;
            var (left, right) = IdentityLedger.InOrder(id, other);
            var proposal = new IdentityProposal
            {
                Id = act.Ids.Next(), Left = left, Right = right, Weight = candidate.Weight, Why = WhyOf(candidate), At = act.Now,
            };
            act.Db.Add(proposal);
            act.Trace("identity-proposal", proposal.Id, "proposed");
        }
    }

    private static string WhyOf(Candidate candidate) => string.Join('\n',
        candidate.Explanation.For.Select(one => $"for: {one.Sentence}")
            .Concat(candidate.Explanation.Against.Select(one => $"against: {one.Sentence}")));
}
