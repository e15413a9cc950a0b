using System.ComponentModel.DataAnnotations;

namespace DirectUpload.Blazor.Tests;

/// <summary>A form with one upload, and with pages of several.</summary>
public sealed class Survey
{
    [Required(ErrorMessage = "Choose a file.")]
    public string? FileId { get; set; }

    public IReadOnlyList<SurveyPage> Pages { get; } = [new(), new()];
}

public sealed class SurveyPage
{
    public IReadOnlyList<string> PhotoIds { get; set; } = [];
}
