using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
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
            select (asked.Name ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..], property.PropertyType)];

    private static (string Why, string Mend)? Fault(string said, Type type)
    {
        var asked = Nullable.GetUnderlyingType(type);
        if (asked is not null && said.Length == 0) return null;
        asked ??= type;
        if (asked == typeof(int) && !int.TryParse(said, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)) return ("no whole number, or too large a one", "a number, such as 50,");
        return asked == typeof(bool) && !bool.TryParse(said, out _) ? ("neither true nor false", "true or false") : null;
    }
}
