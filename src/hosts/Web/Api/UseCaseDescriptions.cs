using System.Reflection;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;

namespace Homeward.Web.Api;

/// <summary>Tells the platform what the mapped use cases take and answer, so that its OpenAPI describes them.</summary>
/// <remarks>
/// They are mapped as bare delegates, of which it knows nothing. Told here and not as metadata of the endpoints: an endpoint that says what
/// it accepts is given no other request any more, and the house would come up slower for a document that nobody may ask for.
/// </remarks>
internal sealed class UseCaseDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    private static readonly EmptyModelMetadataProvider _types = new();

    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        var words = new Docstrings();
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>().OrderBy(one => one.RoutePattern.RawText, StringComparer.Ordinal))
            if (endpoint.Metadata.GetMetadata<UseCase>() is { } useCase) context.Results.Add(Describe(endpoint, useCase, words));
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context) { }

    private static ApiDescription Describe(RouteEndpoint endpoint, UseCase useCase, Docstrings words)
    {
        var told = new ApiDescription
        {
            HttpMethod = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single(),
            RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'),
            ActionDescriptor = new ActionDescriptor
            {
                DisplayName = endpoint.DisplayName,
                EndpointMetadata = [.. endpoint.Metadata, new EndpointSummaryAttribute(words.Of(useCase.Request.DeclaringType!))],
            },
        };
        var fields = Field.Of(useCase.Request);
        foreach (var field in fields.Where(field => field.IsInPath(useCase))) told.ParameterDescriptions.Add(Parameter(field, field.Name, BindingSource.Path));
        if (useCase.Kind == UseCaseKind.Look)
            foreach (var (name, field) in InQuery(fields.Where(field => !field.IsInPath(useCase))))
                told.ParameterDescriptions.Add(Parameter(field, name, BindingSource.Query));
        else if (fields.Where(field => !field.IsInPath(useCase)).ToList() is { Count: > 0 } inBody)
            told.ParameterDescriptions.Add(new()
            {
                Name = "request", Source = BindingSource.Body, Type = useCase.Request, ModelMetadata = _types.GetMetadataForType(useCase.Request),
                IsRequired = inBody.Any(field => field.IsRequired),
            });
        told.SupportedResponseTypes.Add(Answer(useCase.Receipt));
        return told;
    }

    /// <summary>Inner records are written <c>child.given</c>, lists <c>ids[]</c>, as in a form. A list of records cannot be asked for so.</summary>
    private static IEnumerable<(string Name, Field Field)> InQuery(IEnumerable<Field> fields, string before = "") => fields.SelectMany(field =>
    {
        var (name, type, item) = (before + field.Name, Nullable.GetUnderlyingType(field.Type) ?? field.Type, Field.Inner(field.Type));
        if (item != field.Type) return Field.Of(item).Count > 0 || field.Type.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, string>>)) ? [] : [(name + "[]", field)];
        if (Field.Of(type) is not { Count: > 0 } inner) return [(name, field)];
        return InQuery(field.IsRequired ? inner : inner.Select(one => one with { IsRequired = false }), name + ".");
    });

    private static ApiParameterDescription Parameter(Field field, string name, BindingSource source) => new()
    {
        Name = name, Source = source, Type = field.Type, ModelMetadata = _types.GetMetadataForType(field.Type),
        IsRequired = source == BindingSource.Path || field.IsRequired,
        ParameterDescriptor = new ControllerParameterDescriptor { Name = name, ParameterType = field.Type, ParameterInfo = field.Parameter },
    };

    private static ApiResponseType Answer(Type receipt)
    {
        if (receipt == typeof(Done)) return new() { StatusCode = StatusCodes.Status204NoContent, Type = typeof(void) };
        if (receipt.IsAssignableTo(typeof(IFileAnswer)))
            return new() { StatusCode = StatusCodes.Status200OK, Type = typeof(Stream), ApiResponseFormats = [new() { MediaType = "*/*" }] };
        return new() { StatusCode = StatusCodes.Status200OK, Type = receipt, ApiResponseFormats = [new() { MediaType = "application/json" }] };
    }
}
