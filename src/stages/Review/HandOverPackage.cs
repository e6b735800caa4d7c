using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.NoNexus;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A person says that a package was handed over: which bytes, over which channel, on what basis .</summary>
/// <remarks>
/// The house sends nothing. What a second reader still has does not leave, nor a package with a report that waits again:
/// what was handed over cannot be called back.
/// </remarks>
public static class HandOverPackage
{
    private const int BasisCharsMax = 200;
    private const string ReturnBasis = "18 USC 2258A(c): the clearing house makes reports available to those whom they concern";

    /// <param name="Sha256">Of the package that was taken out: the one on the page.</param>
    /// <param name="Basis">For a referral abroad under no agreement of the list, or under one for another country: why, and on what law.</param>
    /// <param name="Agreement">For a referral abroad: the one of the house's list under which it goes.</param>
    public sealed record Request(
        NexusPackageId Id, [Required, RegularExpression("^[0-9a-f]{64}$")] string Sha256, HandOverChannel Channel, [MaxLength(BasisCharsMax)] string? Basis = null,
        AgreementId? Agreement = null);

    public sealed record Receipt(NexusPackageId Id);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<NexusPackage>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel) is not { } package)
                return Problem.Missing("There is no such package for you.");
            if (package.State != NexusPackageState.Waiting) return Problem.Conflict("package-left", "This package does not wait any more.", "Read it as it is now.");
            if (package.Sha256 != request.Sha256)
                return Problem.Conflict("package-changed", "The package was drawn anew since you took it out.", "Take it out again. If the older one has left, tell its receiver.");
            if ((await PackageBook.StandingsAsync(act.Db, package, cancel)).Any(one => one.State != PackedState.Stands))
                return Problem.Conflict("package-stale", "Reports in it were taken back or changed since it was drawn.", "Draw it anew, and take it out again.");
            if (await PackageBook.ReadingsAsync(act.Db, package.Id, cancel) is > 0 and var readings)
                return Problem.Of("second-reading", $"Another person still reads {readings} of its reports again.", "Hand it over after that.");
            var basis = package.Way == NexusWay.Returned ? ReturnBasis : request.Basis?.Trim();
            if (package.Way == NexusWay.Referred && request.Agreement is { } chosen)
            {
                if (await AgreementBook.NewestAsync(act.Db, chosen, cancel) is not { } agreement) return Problem.Missing("There is no such agreement.");
                if (!agreement.HoldsOn(DateOnly.FromDateTime(act.Now.UtcDateTime)))
                    return Problem.Invalid("agreement-ended", "This agreement is not in force today.", "Choose another, or none and say on what basis it goes.");
                if (!agreement.IsFor(package.To) && string.IsNullOrEmpty(basis))
                    return Problem.Invalid("agreement-elsewhere", $"This agreement is with {Said(agreement)}; the package goes to {package.To}.", "Say why it goes under it all the same, or choose another.");
                (package.Agreement, package.AgreementVersion) = (agreement.Id, agreement.Version);
                basis = string.IsNullOrEmpty(basis) ? AgreementBook.Words(agreement) : $"{AgreementBook.Words(agreement)}. {basis}";
            }
            if (string.IsNullOrEmpty(basis))
                return Problem.Invalid("no-basis", "Under which agreement or law it goes abroad is not said.", "Choose the agreement with that country; where there is none, name the law and say so.");
            (package.State, package.Channel, package.Basis) = (NexusPackageState.HandedOver, request.Channel, basis);
            (package.HandedOverBy, package.HandedOverAt, package.Revision) = (act.Actor.Id, act.Now, act.Ids.Next());
            act.Trace("nexus-package", package.Id.Value, $"handed-over;channel={request.Channel};sha256={package.Sha256}");
            foreach (var report in await act.Db.Set<NexusPackageReport>().Where(row => row.Package == package.Id).Select(row => row.Report).ToListAsync(cancel))
                act.Trace("report", report.Value, $"handed-over;package={package.Id};way={package.Way}");
            return new Receipt(package.Id);
        }

        private static string Said(AgreementVersion agreement) => agreement.CountryList is [var first] ? first : $"{agreement.CountryList[0]} and {agreement.CountryList.Count - 1} others";
    }
}

/// <summary>The receiver's word that it came.</summary>
public static class ConfirmPackage
{
    private const int ReferenceCharsMax = 200;

    /// <param name="Reference">The receiver's number for it, or who confirmed it and how.</param>
    public sealed record Request(NexusPackageId Id, [Required, MinLength(3), MaxLength(ReferenceCharsMax)] string Reference);

    internal sealed class Handler : IHandle<Request, HandOverPackage.Receipt>
    {
        public async Task<Result<HandOverPackage.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<NexusPackage>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel) is not { } package)
                return Problem.Missing("There is no such package for you.");
            if (package.State != NexusPackageState.HandedOver)
                return Problem.Conflict("not-handed-over", "A receipt is for a package that was handed over and has none.", "Read it as it is now.");
            (package.State, package.Receipt) = (NexusPackageState.Received, request.Reference.Trim());
            (package.ReceiptBy, package.ReceiptAt, package.Revision) = (act.Actor.Id, act.Now, act.Ids.Next());
            act.Trace("nexus-package", package.Id.Value, "received");
            return new HandOverPackage.Receipt(package.Id);
        }
    }
}

/// <summary>Draws a package anew that has not left, without what was taken back and out of what its reports say now.</summary>
public static class RedrawPackage
{
    public sealed record Request(NexusPackageId Id);

    internal sealed class Handler(PackageBook book) : IHandle<Request, HandOverPackage.Receipt>
    {
        public async Task<Result<HandOverPackage.Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<NexusPackage>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel) is not { } package)
                return Problem.Missing("There is no such package for you.");
            if (package.State != NexusPackageState.Waiting) return Problem.Conflict("package-left", "This package does not wait any more.", "Read it as it is now.");
            await book.DrawAnewAsync(act, package, cancel);
            return new HandOverPackage.Receipt(package.Id);
        }
    }
}
