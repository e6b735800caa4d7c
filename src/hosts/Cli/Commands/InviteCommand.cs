using System.CommandLine;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward invite NAME --role ROLE</c>: lets somebody in from the house's own machine: the first administrator, or one who lost every passkey.</summary>
/// <remarks>Who has the database and the keys may do it; it stands in the trace as the house's own act. All others are invited at /people/users.</remarks>
internal static class InviteCommand
{
    private static readonly Argument<string> _name = new("NAME") { Description = "As the house shall call the person. Somebody of this name and role who is there already is invited anew." };
    private static readonly Option<string> _role = new("--role") { Description = "Such as administrator, analyst or victim-specialist.", DefaultValueFactory = _ => "administrator" };
    private static readonly Option<string?> _office = new("--office") { Description = "Field office: code, name or alias." };
    private static readonly Option<string?> _taskForce = new("--task-force") { Description = "Code of the task force." };
    private static readonly Option<string?> _agency = new("--agency") { Description = "ORI of the home agency." };
    private static readonly Option<string> _address = new("--address") { Description = "Where the house is served, by the name under which people open it.", DefaultValueFactory = _ => "http://localhost:5080" };

    public static Command Build() => new Command("invite", "Let somebody in, and print the address at which that person makes a passkey. Example: homeward invite \"A. Name\" --role administrator --address https://homeward.example.gov")
    {
        _name, _role, _office, _taskForce, _agency, _address,
    }.Does(async (parsed, answer, cancel) =>
    {
        var name = parsed.GetValue(_name)!.Trim();
        if (name.Length == 0) return answer.Refuse(Exit.BadInput, "wrong-use", "No name is given.", "Write the person's name. Nobody was invited.");
        if (!Roles.TryParse(parsed.GetValue(_role), out var role) || !Roles.SignIn.Contains(role))
            return answer.Refuse(Exit.BadInput, "wrong-use", $"\"{parsed.GetValue(_role)}\" is no role.", $"One of: {string.Join(", ", Roles.SignIn.Select(one => one.Slug()))}. Nobody was invited.");
        if (!Uri.TryCreate(parsed.GetValue(_address), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return answer.Refuse(Exit.BadInput, "wrong-use", $"\"{parsed.GetValue(_address)}\" is no address.", "Write it as people open it: https://homeward.example.gov. Nobody was invited.");
        string? office = null;
        if (parsed.GetValue(_office) is { } named)
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            if (!Gazetteer.Default.ResolveOffice(named, today, today).TryGet(out var found, out var unknown)) return answer.Refuse(unknown);
            office = found.Code;
        }
        var opened = await House.OpenAsync(House.Options(parsed.GetValue(Common.Database)) with { AdoptsKeys = true }, cancel);
        if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
        await using var closing = house;
        var desk = house.GetRequiredService<Desk>();
        var user = await ThereAsync(house, name, role, cancel);
        if (user is null)
        {
            var added = await desk.DoAsync<AddUser.Request, AddUser.Receipt>(Actor.House, new(name, role, parsed.GetValue(_agency), parsed.GetValue(_taskForce), office), cancel);
            if (!added.TryGet(out var receipt, out problem)) return answer.Refuse(problem);
            user = receipt.Id;
        }
        var invited = await desk.DoAsync<InviteUser.Request, InviteUser.Receipt>(Actor.House, new(user.Value), cancel);
        if (!invited.TryGet(out var invitation, out problem)) return answer.Refuse(problem);
        await House.SignOffAsync(house, answer, cancel);
        var link = new Uri(address, invitation.Path).AbsoluteUri;
        return answer.Say(Exit.Done, new { name, role = role.Slug(), address = link, invitation.EndsAt }, output =>
        {
            output.WriteLine(link);
            output.WriteLine($"{name} ({role.Title()}) opens it once, until {Instants.Iso(invitation.EndsAt)}, and makes a passkey there. Hand it over in person or by telephone.");
        });
    });

    private static async Task<UserId?> ThereAsync(IServiceProvider house, string name, Role role, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var now = house.GetRequiredService<TimeProvider>().GetUtcNow();
        return (await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<User>().AsNoTracking()
            .Where(row => row.Name == name && row.Role == role && (row.EndedAt == null || row.EndedAt > now)).OrderBy(row => row.FromAt).FirstOrDefaultAsync(cancel))?.Id;
    }
}
