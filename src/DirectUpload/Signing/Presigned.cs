namespace DirectUpload.Signing;

/// <summary>A presigned PUT: send the bytes to <see cref="Url"/> with exactly <see cref="Headers"/>.</summary>
/// <param name="Url">The URL, signature included. A secret until it expires.</param>
/// <param name="Headers">Every header that the client must set, exactly so. <c>Host</c> and <c>Content-Length</c> are the client's own.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedPut(string Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt);

/// <summary>A POST policy with its form: send <see cref="Fields"/>, then the file as the field <c>file</c>, last.</summary>
/// <param name="Url">The form's action; it always ends in a slash.</param>
/// <param name="Fields">Every field of the form, in the order to be sent; policy and signature are among them.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedPost(string Url, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt);

/// <summary>A presigned GET.</summary>
/// <param name="Url">The URL, signature included. A secret until it expires.</param>
/// <param name="ExpiresAt">When storage stops accepting it, in UTC: earlier than asked when the credentials end sooner.</param>
public sealed record PresignedGet(string Url, DateTimeOffset ExpiresAt);
