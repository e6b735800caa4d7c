using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>Changes what is agreed with a provider, and its password. What it has sent stays as it was judged.</summary>
/// <remarks>This node knows it with the next call, others some seconds later (<see cref="ProviderAccounts"/>); a password that was replaced is refused from then on.</remarks>
public static class ChangeProvider
{
    /// <summary>All that is agreed from now on: what is left out is no longer so, apart from the password.</summary>
    /// <param name="Password">A new one; left out, the old one stays.</param>
    /// <param name="IsLenient">Value rules that public clients break in their own tests only warn.</param>
    /// <param name="CallsPerMinute">No limit when left out.</param>
    /// <param name="UploadMebibytesPerDay">No limit when left out.</param>
    public sealed record Request(
        Guid Id, [MinLength(16), MaxLength(200), DataType(DataType.Password)] string? Password = null, bool IsLenient = false,
        [Range(1, 10_000_000)] int? CallsPerMinute = null, [Range(1, 1L << 40)] long? UploadMebibytesPerDay = null);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler(ProviderAccounts accounts) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var account = await act.Db.Set<ProviderAccount>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (account is null) return Problem.Missing("There is no such provider.");
            if (account.EndedAt is not null) return Problem.Conflict("account-ended", "This account was ended.", "Open a new one under another name.");
            var changed = new List<string> { "changed" };
            if (request.Password is { } password)
            {
                account.Secret = Passwords.Keep(password);
                changed.Add("password");
            }
            if (account.IsLenient != request.IsLenient) changed.Add(request.IsLenient ? "lenient" : "not-lenient");
            if (account.CallsPerMinute != request.CallsPerMinute) changed.Add("calls-per-minute");
            var upload = request.UploadMebibytesPerDay * AddProvider.Mebibyte;
            if (account.UploadBytesPerDay != upload) changed.Add("upload-per-day");
            (account.IsLenient, account.CallsPerMinute, account.UploadBytesPerDay) = (request.IsLenient, request.CallsPerMinute, upload);
            act.Trace("provider-account", account.Id, string.Join(';', changed));
            act.OnceItStands(accounts.Forget);
            return new Receipt(account.Id);
        }
    }
}
