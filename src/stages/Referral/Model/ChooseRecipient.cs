using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>What a person chose as recipient.</summary>
internal sealed record Choice(
    string? Office, string? TaskForce, RecipientCheck Recipient, string? Basis, string? Reason, string? Purpose, DisclosureBasis LegalBasis);

/// <summary>Checks a chosen recipient against what was proposed, and keeps both.</summary>
internal static class ChooseRecipient
{
    /// <returns>The sending; or which part of the choice does not hold.</returns>
    public static async Task<Result<Sending>> CheckAsync(Act act, LeadGist lead, Choice choice, CancellationToken cancel)
    {
        var shown = lead.Places.Select(place => Routing.Resolve(place, act.Now)).ToList();
        var purpose = choice.Purpose ?? "To find and protect a child.";
        if (choice.Office is not { Length: > 0 } written)
        {
            if (Routing.OfficesOf(shown).Count > 0 && choice.Reason is null)
                return Problem.Invalid("reason-missing", "The lead's places lead to an office.", "Choose one, or say why the national unit should have it.");
            return new Sending(null, null, null, shown, choice.Basis ?? "No place leads to an office: national queue.", choice.Reason,
                choice.Recipient, purpose, choice.LegalBasis);
        }
        if (choice.Recipient == RecipientCheck.Yes)
            return Problem.Of("recipient-suspected", "A suspected person works or lives at this recipient.",
                "Send it to another task force, another office or the national unit (R-68).");
        if (Gazetteer.Default.Offices.WithCode(written) is not { } office)
            return Problem.Invalid("no-such-office", $"\"{written}\": no such office.", "Choose one of the offices shown.");
        if (!office.IsOpenOn(Zones.LocalDay(act.Now, Zones.ZoneOf(office))))
            return Problem.Invalid("office-not-open", $"{office.Name} is not open today.", "Choose the office that has its territory.");
        var candidates = shown.SelectMany(route => route.Candidates).Where(one => one.Office == office.Code).ToList();
        var chosen = choice.Basis is null ? null : candidates.Find(one => one.Basis == choice.Basis);
        if (candidates.Count == 0 && string.IsNullOrWhiteSpace(choice.Reason))
            return Problem.Invalid("reason-missing", $"None of the lead's places leads to {office.Name}.", "Say why it should have the referral.");
        if (choice.TaskForce is { } force
            && !await act.Db.Set<TaskForce>().AnyAsync(row => row.Code == force && row.OfficeCode == office.Code, cancel))
            return Problem.Invalid("no-such-task-force", $"{force} is no task force of {office.Name}.", "Choose one of that office, or none.");
        // Several candidates of one office differ only in the county; without a choice among them the county stays open.
        chosen ??= candidates.Count == 1 ? candidates[0] : null;
        var basis = chosen?.Basis ?? choice.Basis ?? (candidates.Count > 0 ? $"Several places lead to {office.Name}." : "Chosen by a person, with a reason.");
        return new Sending(office.Code, choice.TaskForce, chosen, shown, basis, choice.Reason, choice.Recipient, purpose, choice.LegalBasis);
    }
}
