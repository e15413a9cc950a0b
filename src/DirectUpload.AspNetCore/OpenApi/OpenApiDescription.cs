using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.OpenApi;

/// <summary>Describes the endpoints in the host's OpenAPI document, if the host has ASP.NET Core's OpenAPI package.</summary>
/// <remarks>
/// The package <c>Microsoft.AspNetCore.OpenApi</c> is not part of the shared framework. This package is compiled against it and does not
/// depend on it: a host that calls <c>AddOpenApi()</c> has it, and in any other host no code that uses it runs.
/// </remarks>
internal static class OpenApiDescription
{
    // The version that this package is compiled against; the next major version may have other types.
    private static readonly Version Lowest = new(2, 3);
    private const int MaxMajorVersion = 2;

    /// <summary>Adds the description to all endpoints of a mapping.</summary>
    public static void AddTo(IEndpointConventionBuilder endpoints)
    {
        if (IsAvailable())
            AddTransformer(endpoints);
    }

    private static bool IsAvailable() =>
        Type.GetType("Microsoft.AspNetCore.OpenApi.OpenApiOperationTransformerContext, Microsoft.AspNetCore.OpenApi") is not null
        && Type.GetType("Microsoft.OpenApi.OpenApiSchema, Microsoft.OpenApi")?.Assembly.GetName().Version is { } version
        && version >= Lowest && version.Major <= MaxMajorVersion;

    // Compiled only when it is called, and so never without the package.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTransformer(IEndpointConventionBuilder endpoints)
    {
        endpoints.Finally(ContractEndpoint.Capture);
        endpoints.AddOpenApiOperationTransformer(OperationDescriber.DescribeAsync);
    }
}
