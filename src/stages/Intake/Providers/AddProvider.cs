using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>Gives a provider an account on the reporting line.</summary>
public static class AddProvider
{
    internal const long Mebibyte = 1 << 20;
    private const string NameRule = "{0} has 2 to 64 letters (a to z), digits, points, hyphens and underscores, and begins with a letter or a digit.";

    /// <param name="Name">What it signs in with.</param>
    /// <param name="Company">As reports name it.</param>
    /// <param name="Password">Made up by whoever lets it in and handed over apart; kept as a salted hash alone.</param>
    /// <param name="IsLenient">Value rules that public clients break in their own tests only warn.</param>
    /// <param name="CallsPerMinute">No limit when left out.</param>
    /// <param name="UploadMebibytesPerDay">No limit when left out.</param>
    public sealed record Request(
        [Required, RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{1,63}", ErrorMessage = NameRule)] string Name, [Required, MaxLength(200)] string Company,
        [Required, MinLength(16), MaxLength(200), DataType(DataType.Password)] string Password, bool IsLenient = false,
        [Range(1, 10_000_000)] int? CallsPerMinute = null, [Range(1, 1L << 40)] long? UploadMebibytesPerDay = null);
    public sealed record Receipt(Guid Id);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<ProviderAccount>().AnyAsync(row => row.Name == request.Name, cancel))
                return Problem.Conflict("name-taken", "Another account signs in with this name, or did.", "Choose another name.").Beside("name");
            var account = new ProviderAccount
            {
                Id = act.Ids.Next(), Name = request.Name, Company = request.Company, Secret = Passwords.Keep(request.Password), IsLenient = request.IsLenient,
                CallsPerMinute = request.CallsPerMinute, UploadBytesPerDay = request.UploadMebibytesPerDay * Mebibyte, FromAt = act.Now,
            };
            act.Db.Add(account);
            act.Trace("provider-account", account.Id, request.IsLenient ? "added;lenient" : "added");
            return new Receipt(account.Id);
        }
    }
}

/// <summary>Ends a provider's account: its next call is refused. What it opened and did not finish expires.</summary>
public static class EndProvider
{
    public sealed record Request(Guid Id);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler(ProviderAccounts accounts) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var account = await act.Db.Set<ProviderAccount>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (account is null) return Problem.Missing("There is no such provider.");
            account.EndedAt ??= act.Now;
            act.Trace("provider-account", account.Id, "ended");
            // Not before: who calls until then would be read again as it was, and be known for some seconds more.
            act.OnceItStands(accounts.Forget);
            return new Receipt(account.Id);
        }
    }
}
