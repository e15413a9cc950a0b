using System.Globalization;
using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace DirectUpload.AspNetCore.OpenApi;

/// <summary>Describes an operation by the contract, whatever the host's JSON options are.</summary>
internal static class OperationDescriber
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Document is not { } document
            || metadata.OfType<ContractOperation>().LastOrDefault() is not { } contract
            || metadata.OfType<ContractEndpoint>().LastOrDefault() is not { } endpoint)
            return Task.CompletedTask;

        var schemas = new ContractSchemas(document);
        operation.OperationId ??= CreateId(contract, endpoint, context.ApplicationServices);
        operation.Description ??= contract.Description;
        DescribeParameters(operation, contract);
        if (endpoint.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = !endpoint.IsBodyOptional,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schemas.Get(body) } },
            };
        }

        RemoveUndeclaredResponses(operation, metadata);
        foreach (var response in endpoint.Responses)
            DescribeResponse(operation, response, schemas);
        ResponseHeaders.Describe(operation);
        return Task.CompletedTask;
    }

    // Operation ids are unique in a document. The first mapping has the plain ids; each later mapping adds its number.
    private static string CreateId(ContractOperation contract, ContractEndpoint endpoint, IServiceProvider services)
    {
        var number = services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(other => other.Metadata.GetMetadata<ContractOperation>()?.Id == contract.Id)
            .TakeWhile(other => other.Metadata.GetMetadata<ContractEndpoint>() != (object)endpoint)
            .Count() + 1;
        return number == 1 ? contract.Id : $"{contract.Id}{number}";
    }

    private static void DescribeParameters(OpenApiOperation operation, ContractOperation contract)
    {
        operation.Parameters ??= [];
        foreach (var route in operation.Parameters.OfType<OpenApiParameter>().Where(it => it is { In: ParameterLocation.Path, Name: "id" }))
        {
            route.Description ??= "The upload's id, from the response that granted the upload.";
            route.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        foreach (var parameter in contract.Parameters)
        {
            foreach (var own in operation.Parameters.Where(it => IsOf(parameter, it)).ToList())
                operation.Parameters.Remove(own);
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = GetLocation(parameter),
                Required = parameter.IsRequired,
                Description = parameter.Description,
                Schema = parameter.IsRepeated
                    ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } }
                    : new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static bool IsOf(ContractParameter parameter, IOpenApiParameter described) =>
        described.In == GetLocation(parameter) && described.Name == parameter.Name;

    private static ParameterLocation GetLocation(ContractParameter parameter) =>
        parameter.IsInHeader ? ParameterLocation.Header : ParameterLocation.Query;

    // ASP.NET Core adds a 200 to an operation that declares no success with a type.
    private static void RemoveUndeclaredResponses(OpenApiOperation operation, IList<object> metadata)
    {
        var declared = metadata.OfType<IProducesResponseTypeMetadata>()
            .Select(it => it.StatusCode.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        foreach (var undeclared in operation.Responses?.Keys.Where(status => !declared.Contains(status)).ToList() ?? [])
            operation.Responses!.Remove(undeclared);
    }

    // ASP.NET Core leaves out most responses without a type.
    private static void DescribeResponse(OpenApiOperation operation, ContractResponse response, ContractSchemas schemas)
    {
        var status = response.StatusCode.ToString(CultureInfo.InvariantCulture);
        operation.Responses ??= [];
        if (operation.Responses.GetValueOrDefault(status) is not OpenApiResponse described)
            operation.Responses[status] = described = new() { Description = ReasonPhrases.GetReasonPhrase(response.StatusCode) };
        foreach (var type in response.ContentTypes)
        {
            described.Content ??= new Dictionary<string, OpenApiMediaType>();
            described.Content[type] = new()
            {
                Schema = response.BodyType is { } body ? schemas.Get(body) : new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }
}
