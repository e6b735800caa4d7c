using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>Checks a request against the annotations of its record, before any handler sees it.</summary>
/// <remarks>
/// Annotations of a positional record sit on the constructor's parameters, where the framework's own validator does not
/// look (nor does it look into internal types); so the desk checks, and pages, API and scripts are checked alike.
/// </remarks>
internal static class RequestCheck
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, ValidationAttribute[] Rules)[]> _known = new();

    /// <returns>Null when all is well; else every fault at once.</returns>
    public static Problem? Faults(object request)
    {
        var faults = new List<string>();
        foreach (var (property, rules) in _known.GetOrAdd(request.GetType(), Read))
        {
            var value = property.GetValue(request);
            foreach (var rule in rules)
            {
                if (!rule.IsValid(value)) faults.Add(rule.FormatErrorMessage(Words(property.Name)));
            }
        }
        return faults.Count == 0
            ? null
            : Problem.Invalid("request-invalid", string.Join(' ', faults), "Correct this and send again; nothing was stored.");
    }

    private static (PropertyInfo, ValidationAttribute[])[] Read(Type type) =>
        [.. from constructor in type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).Take(1)
            from parameter in constructor.GetParameters()
            let rules = parameter.GetCustomAttributes<ValidationAttribute>().ToArray()
            where rules.Length > 0
            select (type.GetProperty(parameter.Name!)!, rules)];

    /// <summary><c>LastSeenAt</c> as a person reads it: "Last seen at".</summary>
    internal static string Words(string name)
    {
        var words = Regex.Replace(name, "(?<=[a-z])([A-Z])", match => " " + match.Value.ToLowerInvariant());
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
