using System.Net.Http.Json;

namespace BlazorSample.Client;

internal sealed class HttpSubmissions(HttpClient http) : ISubmissions
{
    public async Task<string?> SaveAsync(Submission submission)
    {
        using var response = await http.PostAsJsonAsync("submissions", submission);
        return response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync();
    }
}
