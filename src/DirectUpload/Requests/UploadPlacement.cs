using DirectUpload.Storage;

namespace DirectUpload.Requests;

/// <summary>Groups the services that decide where an upload is stored: its keys, and whether parts can be finalized in place.</summary>
internal sealed record UploadPlacement(UploadKeyFactory Keys, InPlacePartProtection InPlaceParts);
