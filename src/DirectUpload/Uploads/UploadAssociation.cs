namespace DirectUpload.Uploads;

/// <summary>What an upload is attached to in the application: "invoice" 42, "user" ada.</summary>
/// <remarks>
/// In a request it is the client's claim. The record has it only if an authorizer approved it (<see cref="Profiles.UploadAuthorization.WithAssociation"/>), the application's own code vouched for it
/// (<see cref="UploadCaller.MayAssociate"/>), or the profile leaves it to clients (<see cref="Profiles.UploadProfile.ClientsMayAssociate"/>); otherwise the request is refused.
/// </remarks>
/// <param name="Type">The kind of thing, 1 to 100 characters.</param>
/// <param name="Id">Which one, 1 to 200 characters.</param>
public sealed record UploadAssociation(string Type, string Id);
