namespace DirectUpload.Client;

/// <summary>What an upload is attached to.</summary>
/// <param name="Type">The kind of thing, such as <c>order</c>.</param>
/// <param name="Id">Which one.</param>
public sealed record UploadAssociation(string Type, string Id);
