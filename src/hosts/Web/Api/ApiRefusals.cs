using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Homeward.Web.Api;

/// <summary>How a use case is refused: all go through one desk, so all may be refused in the same ways.</summary>
internal static class ApiRefusals
{
    private static readonly (string Status, string Means)[] _all =
    [
        ("400", "It cannot be read, breaks a rule that its schema tells, or names what is not there. Nothing was stored."),
        ("401", "Nobody is signed in."),
        ("403", "The role does not do this. That it was tried is in the trace."),
        ("404", "There is no such thing, or it is not yours to see: both are answered alike."),
        ("409", "It stands otherwise by now, or what is stored of it does not open. Nothing was stored."),
        ("422", "A rule of the house refuses it: the type is its code, such as homeward:needs-second-reader."),
        ("503", "The house cannot store at the moment. Wait as Retry-After says, look whether it was stored, then send it again."),
    ];

    public static async Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var document = context.Document!;
        if (document.Components?.Responses?.ContainsKey(_all[0].Status) != true)
        {
            var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancel);
            problem.Description = "RFC 9457: the title says what is wrong, the detail how to mend it, the type is a stable code. More may stand beside them, such as both texts of a conflict.";
            document.AddComponent("Problem", problem);
            foreach (var (status, means) in _all)
                document.AddComponent(status, new OpenApiResponse
                {
                    Description = means,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document) } },
                });
        }
        operation.Responses ??= [];
        foreach (var (status, _) in _all) operation.Responses[status] = new OpenApiResponseReference(status, document);
    }
}
