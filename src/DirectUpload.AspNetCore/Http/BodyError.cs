namespace DirectUpload.AspNetCore.Http;

/// <summary>The reason why a request's body was not accepted. It always concerns the client or this process, never storage.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Detail">A sentence for people that explains what to do.</param>
internal sealed record BodyError(BodyErrorKind Kind, string Detail)
{
    public static BodyError Unreadable { get; } = new(
        BodyErrorKind.Invalid, "The body could not be read: it is too long for this server, too slow, or not framed as HTTP requires.");

    public static BodyError ServerBusy { get; } = new(
        BodyErrorKind.ServerBusy,
        "The server is reading as many large request bodies as it has memory for. Send the same request again in a moment.");

    public static BodyError TooLarge(int largest) => new(
        BodyErrorKind.Invalid,
        $"The body is longer than {largest / 1024} KiB. Do not send the file itself here; send it straight to storage.");

    public static BodyError TimedOut(TimeSpan limit) => new(
        BodyErrorKind.Timeout, $"The body did not arrive within {limit.TotalSeconds} seconds. Send the request again.");

    public static BodyError Invalid(string detail) => new(BodyErrorKind.Invalid, detail);
}

/// <summary>The kinds of body errors.</summary>
internal enum BodyErrorKind
{
    /// <summary>The body is malformed, too long or incomplete.</summary>
    Invalid,

    /// <summary>The body took longer than its time limit.</summary>
    Timeout,

    /// <summary>The memory for request bodies is used up.</summary>
    ServerBusy,
}
