namespace DirectUpload.Uploads;

/// <summary>What an upload is attached to in the application: "invoice" 42, "user" ada.</summary>
/// <param name="Type">The kind of thing, 1 to 100 characters.</param>
/// <param name="Id">Which one, 1 to 200 characters.</param>
public sealed record UploadAssociation(string Type, string Id);
