using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.NoNexus;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Enters an agreement or channel with other countries. The house cannot know what was agreed with whom: people say it, and where its text is.</summary>
public static class AddAgreement
{
    internal const int TextMax = 200, CountriesCharsMax = 8_000;

    /// <param name="Countries">One a line, as packages name them; a body of many countries is entered once, with all of them.</param>
    /// <param name="Body">Who receives.</param>
    /// <param name="Basis">The agreement or law.</param>
    /// <param name="Until">The last day; left out while it has no end.</param>
    /// <param name="Source">Where its text is.</param>
    public sealed record Request(
        [Required, MinLength(2), MaxLength(CountriesCharsMax)] string Countries, [Required, MinLength(2), MaxLength(TextMax)] string Body,
        [Required, MinLength(3), MaxLength(TextMax)] string Basis, HandOverChannel Channel, [Required] DateOnly? From,
        [Required, MinLength(3), MaxLength(TextMax)] string Source, DateOnly? Until = null);

    public sealed record Receipt(AgreementId Id, int Version);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<AgreementVersion>().Select(row => row.Id).Distinct().CountAsync(cancel) >= AgreementBook.AgreementsMax)
                return Problem.Of("too-many-agreements", $"The house keeps {AgreementBook.AgreementsMax} agreements at most.", "Enter a body of many countries once, with all of them.");
            return AgreementBook.Write(act, act.Ids.Next<AgreementId>(), 1, request);
        }
    }
}

/// <summary>Says what is otherwise in an agreement, or that it ends. What stood before stays readable.</summary>
public static class ChangeAgreement
{
    /// <param name="Version">The one on the page: who changed it meanwhile is not written over.</param>
    public sealed record Request(
        AgreementId Id, [Range(1, int.MaxValue)] int Version, [Required, MinLength(2), MaxLength(AddAgreement.CountriesCharsMax)] string Countries,
        [Required, MinLength(2), MaxLength(AddAgreement.TextMax)] string Body, [Required, MinLength(3), MaxLength(AddAgreement.TextMax)] string Basis,
        HandOverChannel Channel, [Required] DateOnly? From, [Required, MinLength(3), MaxLength(AddAgreement.TextMax)] string Source, DateOnly? Until = null);

    internal sealed class Handler : IHandle<Request, AddAgreement.Receipt>
    {
        public async Task<Result<AddAgreement.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await AgreementBook.NewestAsync(act.Db, request.Id, cancel) is not { } stands) return Problem.Missing("There is no such agreement.");
            if (stands.Version != request.Version)
                return Problem.Conflict("agreement-changed", "Somebody changed this agreement meanwhile.", "Read it as it is now, and enter your change again.");
            return AgreementBook.Write(act, request.Id, stands.Version + 1, new(
                request.Countries, request.Body, request.Basis, request.Channel, request.From, request.Source, request.Until));
        }
    }
}
