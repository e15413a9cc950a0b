namespace DirectUpload.AspNetCore.Contract;

/// <summary>Describes an operation of the HTTP API for its OpenAPI document, as endpoint metadata.</summary>
/// <param name="Id">The operation id, which generated clients use as a method name.</param>
/// <param name="Description">The description, in sentences.</param>
/// <param name="Parameters">The parameters other than those of the route.</param>
internal sealed record ContractOperation(string Id, string Description, params ContractParameter[] Parameters)
{
    /// <summary>
    /// Gets the type of a body that the client may omit; null if <c>Accepts</c> metadata names the body, or without a body.
    /// </summary>
    /// <remarks>
    /// <c>Accepts</c> metadata with content types would make routing refuse another one, which the endpoint itself ignores if it needs no
    /// body.
    /// </remarks>
    public Type? OptionalBody { get; init; }
}

/// <summary>Describes a parameter in the header or in the query.</summary>
internal sealed record ContractParameter(
    string Name, string Description, bool IsInHeader = false, bool IsRequired = false, bool IsRepeated = false);
