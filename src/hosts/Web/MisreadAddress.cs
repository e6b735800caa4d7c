using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Homeward.Web;

/// <summary>What a page's address says and the page cannot read: <c>from=abc</c>, where a number stands.</summary>
/// <remarks>The framework reads it before there is a page that could say so, and throws: so it is looked at before.</remarks>
internal sealed record MisreadAddress(string Says, string Mend)
{
    private const int QuotedMax = 60;
    private static readonly ConcurrentDictionary<Type, (string Name, Type Type)[]> _asked = new();

    /// <returns>Null where the page can read all that it asks for.</returns>
    public static MisreadAddress? In(IQueryCollection query, Type page)
    {
        foreach (var (name, type) in _asked.GetOrAdd(page, AskedOf))
        {
            foreach (var said in query[name])
            {
                if (Fault(said ?? "", type) is not { } fault) continue;
                var quoted = said?.Length > QuotedMax ? said[..QuotedMax] + "…" : said;
                return new($"The address says \"{name}={quoted}\", and \"{quoted}\" is {fault.Why}.", $"Write {fault.Mend} after \"{name}=\", or leave \"{name}\" out.");
            }
        }
        return null;
    }

    private static (string Name, Type Type)[] AskedOf(Type page) =>
        [.. from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let asked = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
            where asked is not null
            select (asked.Name ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..], TypeOf(property))];

    /// <summary>What comes as text may be left empty, as a form does that says "any".</summary>
    private static Type TypeOf(PropertyInfo property) =>
        property.GetCustomAttribute<ReadsAttribute>() is { } reads ? typeof(Nullable<>).MakeGenericType(reads.Type) : property.PropertyType;

    private static (string Why, string Mend)? Fault(string said, Type type)
    {
        var asked = Nullable.GetUnderlyingType(type);
        if (asked is not null && said.Length == 0) return null;
        asked ??= type;
        if (asked == typeof(int) && !int.TryParse(said, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)) return ("no whole number, or too large a one", "a number, such as 50,");
        if (asked == typeof(double) && !double.TryParse(said, CultureInfo.InvariantCulture, out _)) return ("no number", "a number, such as 0.5,");
        if (asked == typeof(Guid) && !Guid.TryParse(said, out _)) return ("no id", "the id's 32 digits and letters");
        if (asked == typeof(DateTimeOffset) && !DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, out _)) return ("no date", "a date, such as 2026-03-14T09:00:00Z,");
        // By its names alone: Enum.TryParse would also take numbers and lists.
        if (asked.IsEnum && ChoicesOf(asked) is var choices && !choices.Contains(said, StringComparer.OrdinalIgnoreCase)) return ($"none of {string.Join(", ", choices)}", "one of them");
        return asked == typeof(bool) && !bool.TryParse(said, out _) ? ("neither true nor false", "true or false") : null;
    }

    private static string[] ChoicesOf(Type type) => type == typeof(Role)
        ? [.. Roles.SignIn.Select(role => role.Slug())]
        : [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
