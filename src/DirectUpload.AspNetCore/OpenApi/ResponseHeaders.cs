using System.Globalization;
using DirectUpload.AspNetCore.Http;
using Microsoft.OpenApi;

namespace DirectUpload.AspNetCore.OpenApi;

/// <summary>Describes the headers of responses, which depend on the status alone.</summary>
internal static class ResponseHeaders
{
    public static void Describe(OpenApiOperation operation)
    {
        foreach (var (status, described) in operation.Responses ?? [])
        {
            if (described is not OpenApiResponse response
                || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                continue;
            if (Find(code) is var (name, header))
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = header;
        }
    }

    private static (string Name, OpenApiHeader Header)? Find(int status) => status switch
    {
        HttpStatus.Created => ("Location", Create("The path of the upload.", JsonSchemaType.String)),
        HttpStatus.Redirect => ("Location", Create("The presigned URL of the content.", JsonSchemaType.String)),
        HttpStatus.Accepted or 429 or 503 =>
            ("Retry-After", Create("The seconds after which the client should try again.", JsonSchemaType.Integer)),
        _ => null,
    };

    private static OpenApiHeader Create(string description, JsonSchemaType type) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = type } };
}
