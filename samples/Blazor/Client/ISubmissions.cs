namespace BlazorSample.Client;

/// <summary>Saves submissions, in the process of the server or from the browser.</summary>
public interface ISubmissions
{
    /// <summary>Saves a submission; returns why that is refused, or null.</summary>
    Task<string?> SaveAsync(Submission submission);
}
