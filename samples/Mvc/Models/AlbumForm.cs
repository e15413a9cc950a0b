using System.ComponentModel.DataAnnotations;
using DirectUpload;

namespace MvcSample.Models;

/// <summary>The form in which users edit their album.</summary>
public sealed class AlbumForm
{
    [Required, StringLength(100)]
    public string Title { get; set; } = string.Empty;

    [MaxLength(100, ErrorMessage = "An album has at most 100 photos."), Display(Name = "Photos")]
    public List<UploadId> PhotoIds { get; set; } = [];

    /// <summary>Moves a photo; a distance of -1 exchanges it with the photo before it.</summary>
    public void Move(UploadId photo, int distance)
    {
        var from = PhotoIds.IndexOf(photo);
        var to = from + distance;
        if (from >= 0 && to >= 0 && to < PhotoIds.Count)
            (PhotoIds[from], PhotoIds[to]) = (PhotoIds[to], PhotoIds[from]);
    }
}
