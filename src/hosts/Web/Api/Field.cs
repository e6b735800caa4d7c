using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Homeward.Web.Api;

/// <summary>What a record takes under one name: the parameter of its constructor, where the annotations sit.</summary>
/// <param name="Name">As JSON writes it.</param>
/// <param name="IsRequired">Whether a request without it makes no sense or is refused. A box that is not ticked is absent; so is an unknown day.</param>
internal sealed record Field(string Name, ParameterInfo Parameter, bool IsRequired)
{
    public Type Type => Parameter.ParameterType;

    public IEnumerable<ValidationAttribute> Rules => Parameter.GetCustomAttributes<ValidationAttribute>();

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Field>> _known = new();

    /// <returns>None for what is no record of the house.</returns>
    public static IReadOnlyList<Field> Of(Type record) => _known.GetOrAdd(record, Read);

    private static IReadOnlyList<Field> Read(Type record)
    {
        if (!IsOfTheHouse(record) || record.IsEnum || StrongId.IsStrongId(record)) return [];
        var nullability = new NullabilityInfoContext();
        return [.. from parameter in record.GetConstructors().MaxBy(one => one.GetParameters().Length)?.GetParameters() ?? []
            where record.GetProperty(parameter.Name!) is not null
            select new Field(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), parameter, MustBeThere(parameter, nullability))];
    }

    public static bool IsOfTheHouse(Type type) => type.Namespace?.StartsWith("Homeward.", StringComparison.Ordinal) == true;

    /// <summary>The type of its items, where it is a list; else its own.</summary>
    public static Type Inner(Type type) => type.IsArray ? type.GetElementType()!
        : type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[^1] : type;

    public bool IsInPath(UseCase useCase) => RoutePatternFactory.Parse(useCase.Route!).GetParameter(Name) is not null;

    private static bool MustBeThere(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        if (parameter.IsDefined(typeof(RequiredAttribute))) return true;
        if (parameter.HasDefaultValue || parameter.ParameterType == typeof(bool) || parameter.ParameterType == typeof(PartialDate)) return false;
        return nullability.Create(parameter).WriteState == NullabilityState.NotNull;
    }
}
