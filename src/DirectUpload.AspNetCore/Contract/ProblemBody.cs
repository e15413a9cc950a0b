using System.ComponentModel;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>Problem details (RFC 9457) with the contract's code, in the property order of ASP.NET Core.</summary>
[Description("Problem details (RFC 9457) with a stable code.")]
internal sealed record ProblemBody(
    [property: Description("The URL of the status's definition.")]
    string? Type,
    [property: Description("The title of the status.")]
    string Title,
    [property: Description("The HTTP status.")]
    int Status,
    [property: Description("What is wrong, and what to do.")]
    string Detail,
    [property: Description("The stable code; clients decide by it.")]
    [property: ContractValues(ContractValues.ProblemCodes)]
    string Code)
{
    private const string Rfc9110 = "https://tools.ietf.org/html/rfc9110#section-";

    public static ProblemBody Create(int status, string code, string detail)
    {
        var (type, title) = status switch
        {
            400 => (Rfc9110 + "15.5.1", "Bad Request"),
            401 => (Rfc9110 + "15.5.2", "Unauthorized"),
            403 => (Rfc9110 + "15.5.4", "Forbidden"),
            404 => (Rfc9110 + "15.5.5", "Not Found"),
            408 => (Rfc9110 + "15.5.9", "Request Timeout"),
            409 => (Rfc9110 + "15.5.10", "Conflict"),
            410 => (Rfc9110 + "15.5.11", "Gone"),
            413 => (Rfc9110 + "15.5.14", "Content Too Large"),
            415 => (Rfc9110 + "15.5.16", "Unsupported Media Type"),
            422 => ("https://tools.ietf.org/html/rfc4918#section-11.2", "Unprocessable Entity"),
            429 => (null, "Too Many Requests"),
            503 => (Rfc9110 + "15.6.4", "Service Unavailable"),
            500 => (Rfc9110 + "15.6.1", "An error occurred while processing your request."),
            501 => (Rfc9110 + "15.6.2", "Not Implemented"),
            502 => (Rfc9110 + "15.6.3", "Bad Gateway"),
            _ => (null, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)),
        };
        return new(type, title, status, detail, code);
    }
}
