using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Homeward.Web.Api;

/// <summary>Adds to the platform's schemas what only the house knows: its ids and dates, and what its desk checks of a request.</summary>
internal sealed class HouseSchemas(Desk desk) : IOpenApiSchemaTransformer
{
    private readonly Dictionary<Type, UseCase> _useCases = desk.UseCases.Where(one => one.Route is not null).ToDictionary(one => one.Request);
    private readonly HashSet<Type> _asked = Asked(desk.UseCases.Where(one => one.Route is not null));

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (StrongId.IsStrongId(type)) Text(schema, context.JsonTypeInfo, "^[0-9a-f]{32}$");
        else if (type == typeof(PartialDate)) Text(schema, context.JsonTypeInfo, @"^(\d{4}(-\d{2}(-\d{2})?)?)?$");
        else if (type.IsEnum) Text(schema, context.JsonTypeInfo, pattern: null);
        else if (Field.IsOfTheHouse(type) && schema.Properties is { } properties)
        {
            if (_asked.Contains(type)) Take(schema, type);
            // What is answered says everything, and null where there is nothing.
            else schema.Required = properties.Keys.ToHashSet(StringComparer.Ordinal);
        }
        if (FieldOf(context) is { } field)
            foreach (var rule in field.Rules) Apply(rule, schema);
        return Task.CompletedTask;
    }

    /// <summary>The records of which requests are made. Where an answer holds one too, what a request may leave out is not promised there either.</summary>
    private static HashSet<Type> Asked(IEnumerable<UseCase> useCases)
    {
        var asked = new HashSet<Type>();
        var next = new Stack<Type>(useCases.Select(useCase => useCase.Request));
        while (next.TryPop(out var type))
            if (Field.IsOfTheHouse(type) && asked.Add(type))
                foreach (var field in Field.Of(type)) next.Push(Nullable.GetUnderlyingType(field.Type) ?? Field.Inner(field.Type));
        return asked;
    }

    /// <summary>A request takes what its constructor takes, less what stands in the path.</summary>
    private void Take(OpenApiSchema schema, Type type)
    {
        var fields = Field.Of(type).Where(field => !(_useCases.TryGetValue(type, out var useCase) && field.IsInPath(useCase))).ToList();
        foreach (var name in schema.Properties!.Keys.Except(fields.Select(field => field.Name)).ToList()) schema.Properties.Remove(name);
        schema.Required = fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
    }

    private Field? FieldOf(OpenApiSchemaTransformerContext context) => context.JsonPropertyInfo is { } property && _asked.Contains(property.DeclaringType)
        ? Field.Of(property.DeclaringType).FirstOrDefault(field => field.Name == property.Name)
        : context.ParameterDescription?.ParameterDescriptor is Microsoft.AspNetCore.Mvc.Controllers.ControllerParameterDescriptor { ParameterInfo: var parameter }
            ? new Field(parameter.Name!, parameter, false) : null;

    private static void Text(OpenApiSchema schema, JsonTypeInfo info, string? pattern)
    {
        schema.Type = Nullable.GetUnderlyingType(info.Type) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (pattern is not null) schema.Pattern = pattern;
    }

    private static void Apply(ValidationAttribute rule, OpenApiSchema schema)
    {
        var isList = schema.Type?.HasFlag(JsonSchemaType.Array) == true;
        switch (rule)
        {
            case MaxLengthAttribute { Length: var max } when isList: schema.MaxItems = max; break;
            case MaxLengthAttribute { Length: var max }: schema.MaxLength = max; break;
            case MinLengthAttribute { Length: var min } when isList: schema.MinItems = min; break;
            case MinLengthAttribute { Length: var min }: schema.MinLength = min; break;
            case StringLengthAttribute length: (schema.MinLength, schema.MaxLength) = (length.MinimumLength, length.MaximumLength); break;
            case RangeAttribute range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            // The whole of it must fit.
            case RegularExpressionAttribute expression: schema.Pattern = $"^(?:{expression.Pattern})$"; break;
            case RequiredAttribute when schema.Type?.HasFlag(JsonSchemaType.String) == true && schema.Enum is null: schema.MinLength ??= 1; break;
        }
    }
}
