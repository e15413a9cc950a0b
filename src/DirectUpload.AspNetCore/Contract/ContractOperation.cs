namespace DirectUpload.AspNetCore.Contract;

/// <summary>Describes an operation of the HTTP API for its OpenAPI document, as endpoint metadata.</summary>
/// <param name="Id">The operation id, which generated clients use as a method name.</param>
/// <param name="Description">The description, in sentences.</param>
/// <param name="Parameters">The parameters other than those of the route.</param>
internal sealed record ContractOperation(string Id, string Description, params ContractParameter[] Parameters)
{
    /// <summary>Gets the type of the request body; null without a body.</summary>
    /// <remarks>
    /// Not <c>Accepts</c> metadata: routing would refuse other content types with an empty 415, where the endpoint answers with problem
    /// details, or ignores them if it needs no body.
    /// </remarks>
    public Type? Body { get; init; }

    /// <summary>Gets a value indicating whether the client may omit the body.</summary>
    public bool IsBodyOptional { get; init; }
}

/// <summary>Describes a parameter in the header or in the query.</summary>
internal sealed record ContractParameter(
    string Name, string Description, bool IsInHeader = false, bool IsRequired = false, bool IsRepeated = false);
