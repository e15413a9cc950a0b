using System.Diagnostics.CodeAnalysis;
using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace DirectUpload.AspNetCore.OpenApi;

/// <summary>The bodies of an endpoint that its OpenAPI operation describes by the contract.</summary>
/// <param name="Body">The type of the request body; null without a body.</param>
/// <param name="IsBodyOptional">Whether the client may omit the body.</param>
/// <param name="Responses">The responses: those with a body of the contract, and those without a body.</param>
internal sealed record ContractEndpoint(Type? Body, bool IsBodyOptional, IReadOnlyList<ContractResponse> Responses)
{
    /// <summary>
    /// Replaces the bodies' types in an endpoint's metadata by a plain string, so that ASP.NET Core does not describe them by the host's
    /// JSON options, which need not even know the types.
    /// </summary>
    public static void Capture(EndpointBuilder endpoint)
    {
        var metadata = endpoint.Metadata;
        if (metadata.OfType<ContractOperation>().LastOrDefault() is not { } operation)
            return;
        var responses = new List<ContractResponse>();
        for (var at = 0; at < metadata.Count; at++)
        {
            if (metadata[at] is IProducesResponseTypeMetadata produces
                && (produces.Type is null || produces.Type == typeof(void) || IsOfContract(produces.Type)))
            {
                responses.Add(new(produces.StatusCode, [.. produces.ContentTypes], IsOfContract(produces.Type) ? produces.Type : null));
                metadata[at] = new ProducesResponseTypeMetadata(produces.StatusCode);
            }
        }

        metadata.Add(new ContractEndpoint(operation.Body, operation.IsBodyOptional, responses));
    }

    private static bool IsOfContract([NotNullWhen(true)] Type? type) =>
        type is not null && (type == typeof(ProblemDetails) || type.Namespace == typeof(ContractJson).Namespace);
}

/// <summary>A response of the contract.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="ContentTypes">The content types of the body; empty if there is no body.</param>
/// <param name="BodyType">The type of a JSON body; null if the body is a text, or without a body.</param>
internal sealed record ContractResponse(int StatusCode, IReadOnlyList<string> ContentTypes, Type? BodyType)
{
    /// <summary>Gets the type that describes a JSON body; the contract's problem details have a code.</summary>
    public Type? BodyType { get; } = BodyType == typeof(ProblemDetails) ? typeof(ProblemBody) : BodyType;
}
