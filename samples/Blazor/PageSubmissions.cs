using BlazorSample.Client;
using Microsoft.AspNetCore.Components.Authorization;

namespace BlazorSample;

/// <summary>Saves what pages of the server submit: those that are rendered statically, and interactive ones.</summary>
internal sealed class PageSubmissions(AuthenticationStateProvider authentication, SubmissionService service) : ISubmissions
{
    public async Task<string?> SaveAsync(Submission submission) =>
        await service.SaveAsync(submission, (await authentication.GetAuthenticationStateAsync()).User);
}
