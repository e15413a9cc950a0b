namespace DirectUpload.Presigning;

/// <summary>Contains a presigned form with its POST policy.</summary>
/// <remarks>The client sends <see cref="Fields"/>, then the file as the last field, <c>file</c>.</remarks>
/// <param name="url">The URL that the client sends the form to.</param>
/// <param name="fields">The fields of the form.</param>
/// <param name="expiresAt">The time, in UTC, from which storage refuses the form.</param>
public sealed class PresignedPost(string url, IReadOnlyDictionary<string, string> fields, DateTimeOffset expiresAt)
{
    /// <summary>Gets the URL that the client sends the form to; it ends in a slash.</summary>
    public string Url { get; } = url;

    /// <summary>Gets the fields of the form, policy and signature included, in the order in which to send them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; } = fields;

    /// <summary>
    /// Gets the time, in UTC, from which storage refuses the form: earlier than requested when the credentials expire first.
    /// </summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the expiry, without the signed fields.</summary>
    /// <returns>Text that may be logged.</returns>
    public override string ToString() => $"(presigned POST, until {ExpiresAt:u})";
}
