using System.Text.Json.Serialization;
using Homeward.Foundations.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Homeward.Web.Api;

/// <summary>The API described, for programs: every use case that is mapped, and nothing else.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string About =
        "The use cases of the house, under the same rules as its pages: a change by POST, a look by GET below /api, each with a trace. " +
        "Who calls is known by the session's cookie and may do what the role may (in a demo POST /demo/sign-in with role=SLUG gives one). " +
        "The providers' door is not in here: it speaks the CyberTipline's own XML, stands at /ispws unless moved, and is described in docs/running.md.";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<IApiDescriptionProvider, UseCaseDescriptions>();
        services.AddOpenApi(Name, openApi =>
        {
            openApi.CreateSchemaReferenceId = info => ReferenceOf(info.Type);
            openApi.AddSchemaTransformer<HouseSchemas>();
            openApi.AddOperationTransformer(ApiRefusals.AddAsync);
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "Homeward", Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3), Description = About };
                document.AddComponent("session", new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = HomewardWeb.SessionCookie,
                    Description = "Ends after 30 minutes without a call.",
                });
                document.Security = [new() { [new("session", document)] = [] }];
                return Task.CompletedTask;
            });
        });
        // The platform draws schemas by these. Nothing is read or written by them: the desk has its own.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var converter in WorkItem.Json.Converters) json.SerializerOptions.Converters.Add(converter);
        });
    }

    /// <summary>Made when it is first asked for, and once: it says the same to everybody until the house is put up anew.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var written = new Lazy<Task<byte[]>>(() => WriteAsync(services));
        routes.MapGet($"/openapi/{Name}.json", async () => Results.Bytes(await written.Value, "application/json; charset=utf-8")).ExcludeFromDescription();
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        using var written = new MemoryStream();
        await document.SerializeAsJsonAsync(written, OpenApiSpecVersion.OpenApi3_1);
        return written.ToArray();
    }

    /// <summary>Many use cases have a Request and a Page: <c>Review.ShowQueue.Page</c>. Null for what is written out where it stands.</summary>
    private static string? ReferenceOf(Type type) =>
        Field.IsOfTheHouse(type) && !type.IsGenericType ? type.FullName!["Homeward.".Length..].Replace('+', '.') : null;
}
