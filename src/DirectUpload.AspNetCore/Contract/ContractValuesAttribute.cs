using DirectUpload.Primitives;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>Names the set of values of a string property, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ContractValuesAttribute(ContractValues set) : Attribute
{
    /// <summary>Gets the values, in the order in which they are declared.</summary>
    public IReadOnlyList<string> Values => set switch
    {
        ContractValues.Statuses => [.. Enum.GetValues<UploadStatus>().Select(status => status.ToLowerName())],
        ContractValues.Methods => [.. Enum.GetValues<UploadMethod>().Select(method => method.ToLowerName())],
        ContractValues.InstructionMethods => [.. Enum.GetValues<UploadMethod>().Select(method => method.ToString().ToUpperInvariant())],
        ContractValues.ProblemCodes => ProblemCodes.All,
        _ => ProblemCodes.OfUploads,
    };

    /// <summary>Gets a value that indicates whether the application can add values of its own.</summary>
    public bool IsExtensible => set == ContractValues.FailureCodes;
}

/// <summary>Specifies a set of values of the contract.</summary>
internal enum ContractValues
{
    /// <summary>The statuses of an upload.</summary>
    Statuses,

    /// <summary>The methods that a client can request.</summary>
    Methods,

    /// <summary>The methods of signed instructions.</summary>
    InstructionMethods,

    /// <summary>The codes of problem details.</summary>
    ProblemCodes,

    /// <summary>The codes of a rejection or failure; the application's processors add their own.</summary>
    FailureCodes,
}
