namespace DirectUpload.Storage;

/// <summary>The attributes of an object and its first bytes, from one response.</summary>
/// <param name="Object">The attributes. A response with a part of an object has no checksum of the whole.</param>
/// <param name="Bytes">The first bytes: as many as were requested, or all of a smaller object.</param>
internal sealed record ObjectStart(StoredObject Object, byte[] Bytes);
