using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>Checks a request against its record, before any handler sees it: its annotations, and that what must be there is.</summary>
/// <remarks>
/// Annotations of a positional record sit on the constructor's parameters, where the framework's own validator does not
/// look (nor does it look into internal types); so the desk checks, and pages, API and scripts are checked alike.
/// JSON may leave out what the record's type says cannot be null; that is a fault of the request, not of the handler.
/// Records within the request, and within its lists, are checked in the same way.
/// </remarks>
internal static class RequestCheck
{
    private sealed record Member(PropertyInfo Property, bool MustBeThere, bool ItemsMustBeThere, bool MayHoldRecords, bool IsText, ValidationAttribute[] Rules)
    {
        private readonly string _words = Words(Property.Name);
        private readonly string _key = JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

        /// <summary>As whoever asked can find it again: by its name in the address, or as the form asks for it.</summary>
        public string Named(bool isLook) => isLook ? $"\"{_key}\"" : _words;

        /// <summary>As a form names its field: <c>child.born</c>.</summary>
        public string Within(string path) => path.Length == 0 ? _key : $"{path}.{_key}";
    }

    private const int FaultsMax = 20;
    private static readonly ConcurrentDictionary<Type, Member[]> _known = new();

    /// <param name="isLook">A look is asked for in an address, and nothing would have been stored.</param>
    /// <returns>Null when all is well; else every fault at once, up to a screenful.</returns>
    public static Problem? Faults(object request, bool isLook)
    {
        var faults = new List<FieldFault>();
        Check(request, isLook, "", faults);
        if (faults.Count == 0) return null;
        return FieldFault.AsProblem("request-invalid", faults, isLook ? "Correct it in the address, or leave it out." : "Correct this and send again; nothing was stored.");
    }

    /// <param name="path">Of the record within the request; empty for the request itself.</param>
    private static void Check(object record, bool isLook, string path, List<FieldFault> faults)
    {
        foreach (var member in _known.GetOrAdd(record.GetType(), Read))
        {
            if (faults.Count >= FaultsMax) return;
            var (value, name, field) = (member.Property.GetValue(record), member.Named(isLook), member.Within(path));
            var before = faults.Count;
            foreach (var rule in member.Rules)
                if (!rule.IsValid(value)) faults.Add(new(field, Said(rule, name, isText: value is string)));
            // No database keeps it in a text.
            if (member.IsText && HoldsNul(value)) faults.Add(new(field, $"The {name} field holds the character U+0000, which no text has."));
            if (value is null)
            {
                if (member.MustBeThere && faults.Count == before) faults.Add(new(field, $"The {name} field is required."));
            }
            else if (member.MayHoldRecords) CheckInner(value, member, isLook, field, faults);
        }
    }

    /// <summary>A broken rule in words for who broke it; the framework's speak of arrays and types.</summary>
    private static string Said(ValidationAttribute rule, string name, bool isText) => rule switch
    {
        { ErrorMessage: not null } => rule.FormatErrorMessage(name),
        MaxLengthAttribute most => $"{name} has more than {Counted(most.Length, isText)}.",
        MinLengthAttribute least => $"{name} has fewer than {Counted(least.Length, isText)}.",
        RangeAttribute { Maximum: int.MaxValue } from => $"{name} is less than {Number(from.Minimum)}.",
        RangeAttribute span => $"{name} is not between {Number(span.Minimum)} and {Number(span.Maximum)}.",
        // Nobody reads an expression: where more can be said, the rule says it itself.
        RegularExpressionAttribute => $"{name} is not of the form that is asked for.",
        _ => rule.FormatErrorMessage(name),
    };

    private static string Counted(int count, bool isText) => $"{Number(count)} {(isText ? "character" : "item")}{(count == 1 ? "" : "s")}";

    private static string Number(object number) => number is int whole ? whole.ToString("N0", CultureInfo.InvariantCulture) : Convert.ToString(number, CultureInfo.InvariantCulture)!;

    private static bool HoldsNul(object? value) =>
        value is string text ? text.Contains('\0') : value is IEnumerable<string?> texts && texts.Any(one => one?.Contains('\0') == true);

    private static void CheckInner(object value, Member member, bool isLook, string path, List<FieldFault> faults)
    {
        if (value is not IEnumerable items)
        {
            Check(value, isLook, path, faults);
            return;
        }
        foreach (var item in items)
        {
            if (faults.Count >= FaultsMax) return;
            if (item is not null && IsRecord(item.GetType())) Check(item, isLook, path, faults);
            else if (item is null && member.ItemsMustBeThere) faults.Add(new(path, $"The {member.Named(isLook)} field holds an empty place."));
        }
    }

    private static Member[] Read(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. from constructor in type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).Take(1)
            from parameter in constructor.GetParameters()
            let property = type.GetProperty(parameter.Name!)
            where property is not null
            let member = Of(property, parameter, nullability)
            where member.MustBeThere || member.MayHoldRecords || member.IsText || member.Rules.Length > 0
            select member];
    }

    private static Member Of(PropertyInfo property, ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        var type = parameter.ParameterType;
        var item = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;
        var info = nullability.Create(parameter);
        var itemInfo = type.IsArray ? info.ElementType : info.GenericTypeArguments is [var first, ..] ? first : null;
        return new Member(
            property,
            MustBeThere: !type.IsValueType && info.ReadState == NullabilityState.NotNull,
            ItemsMustBeThere: item is { IsValueType: false } && itemInfo?.ReadState == NullabilityState.NotNull,
            MayHoldRecords: IsRecord(type) || (item is not null && !item.IsValueType),
            IsText: (type == typeof(string) || item == typeof(string)) && parameter.GetCustomAttribute<AsItCameAttribute>() is null,
            [.. parameter.GetCustomAttributes<ValidationAttribute>()]);
    }

    private static bool IsRecord(Type type) =>
        type.IsClass && type.Namespace?.StartsWith("Homeward.", StringComparison.Ordinal) == true && !type.IsAssignableTo(typeof(Delegate));

    /// <summary><c>LastSeenAt</c> as a person reads it: "Last seen at".</summary>
    internal static string Words(string name)
    {
        var words = Regex.Replace(name, "(?<=[a-z])([A-Z])", match => " " + match.Value.ToLowerInvariant());
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
