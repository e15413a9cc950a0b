using DirectUpload.Processing;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The body of a decision.</summary>
internal sealed record DecisionBody
{
    private const int MaxCodeLength = 100;
    private const int MaxDetailLength = 1000;

    /// <summary>Gets the id of the upload.</summary>
    public string? UploadId { get; init; }

    /// <summary>Gets the decision: <c>accept</c> or <c>reject</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Gets the code of a rejection: lower-case and hyphenated.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the reason of a rejection, which the client receives.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets who decides; null if the message names no one.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Converts the body to a result.</summary>
    /// <returns>The result; null when the body is not valid.</returns>
    public ProcessingResult? ToResult() => (Decision, Code, Detail) switch
    {
        ("accept", null, null) => ProcessingResult.Accept,
        ("reject", { Length: <= MaxCodeLength } code, { Length: <= MaxDetailLength } detail)
            when IsCode(code) && !string.IsNullOrWhiteSpace(detail) && !detail.Any(char.IsControl) => ProcessingResult.Reject(code, detail),
        _ => null,
    };

    private static bool IsCode(string code) =>
        code.Length > 0 && code.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
