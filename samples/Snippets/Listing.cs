using DirectUpload;

namespace Snippets;

/// <summary>Lists the uploads of an entity.</summary>
internal static class Listing
{
    public static async Task ListAlbumAsync(IDirectUploadService uploads)
    {
        var album = UploadFilter.ForAssociation("album", "7", kind: "photo") with { Status = UploadStatus.Ready };

        await foreach (var photo in uploads.ListAsync(album))
            Console.WriteLine(photo.FileName);
    }
}
