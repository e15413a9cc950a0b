using System.ComponentModel.DataAnnotations;

namespace BlazorSample.Client;

/// <summary>The form: a title, a file of any size, and any number of photos.</summary>
public sealed class Submission
{
    [Required, StringLength(60)]
    public string? Title { get; set; }

    [Required(ErrorMessage = "Choose a file.")]
    public string? FileId { get; set; }

    // A submitted form without photos sets null.
    public IReadOnlyList<string> PhotoIds { get; set => field = value ?? []; } = [];
}
