namespace DirectUpload.Client;

/// <summary>Identifies the entity of the application that an upload belongs to.</summary>
/// <param name="Type">The entity's type, such as <c>order</c>: 1 to 100 characters.</param>
/// <param name="Id">The entity's id: 1 to 200 characters.</param>
/// <param name="Kind">
/// What the upload is to the entity, such as <c>receipt</c>: 1 to 100 characters; null if the type alone says it.
/// </param>
public sealed record FileUploadAssociation(string Type, string Id, string? Kind = null);
