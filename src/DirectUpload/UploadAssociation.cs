namespace DirectUpload;

/// <summary>Associates an upload with an entity of the application, such as invoice 42.</summary>
/// <remarks>
/// The association of a request is declared by the client, so it must be approved; otherwise the request is refused. One of these approves
/// it:
/// <list type="bullet">
/// <item><description>an authorizer (<see cref="DirectUpload.UploadAuthorization.Association"/>);</description></item>
/// <item><description>the code of the application (<see cref="UploadCaller.MayAssociate"/>);</description></item>
/// <item><description>the profile (<see cref="DirectUpload.UploadProfile.ClientsMayAssociate"/>).</description></item>
/// </list>
/// </remarks>
/// <param name="Type">The type of the entity, such as <c>user</c>: 1 to 100 characters.</param>
/// <param name="Id">The id of the entity, such as <c>42</c>: 1 to 200 characters.</param>
/// <param name="Kind">
/// What the upload is to the entity, such as <c>avatar</c>: 1 to 100 characters; null if the type alone says it.
/// </param>
public sealed record UploadAssociation(string Type, string Id, string? Kind = null);
