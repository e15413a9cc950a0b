namespace DirectUpload.AspNetCore.Bodies;

/// <summary>Why a request's body was not taken. The storage is never the reason: each of these is about the client or about this process.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Detail">A sentence for people that says what to do.</param>
internal sealed record BodyFault(BodyFaultKind Kind, string Detail)
{
    public static BodyFault Broken { get; } = new(
        BodyFaultKind.Invalid, "The body could not be read: it is too long for this server, too slow, or not framed as HTTP wants it.");

    public static BodyFault Busy { get; } = new(
        BodyFaultKind.Busy, "The server is reading as many large request bodies as it has memory for. Send the same request again in a moment.");

    public static BodyFault TooLong(int largest) => new(
        BodyFaultKind.Invalid, $"The body is longer than {largest / 1024} KiB. The file itself does not come here: it goes straight to storage.");

    public static BodyFault TooSlow(TimeSpan limit) => new(
        BodyFaultKind.TooSlow, $"The body did not arrive within {limit.TotalSeconds} seconds. Send the request again.");

    public static BodyFault Invalid(string detail) => new(BodyFaultKind.Invalid, detail);
}

internal enum BodyFaultKind
{
    /// <summary>The body is malformed, too long, or was cut off.</summary>
    Invalid,

    /// <summary>The body took longer than its time limit.</summary>
    TooSlow,

    /// <summary>The memory for request bodies is used up.</summary>
    Busy,
}
