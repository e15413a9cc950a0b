using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.AspNetCore.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps DirectUpload's HTTP endpoints.</summary>
public static class DirectUploadEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints of an upload's life: request, confirm, status, content and delete. They fail closed: until the returned builder is
    /// told <c>RequireAuthorization()</c> (or <c>AllowAnonymous()</c>, if everybody may upload), requesting an upload is refused with 403.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The route prefix, such as <c>/uploads</c>.</param>
    /// <param name="configure">Says how callers are known.</param>
    /// <returns>A convention builder for all of them: <c>.RequireAuthorization()</c>, <c>.RequireRateLimiting("uploads")</c>, ….</returns>
    /// <exception cref="InvalidOperationException">Nothing is registered, or <paramref name="configure"/> names what is not there; the message says what.</exception>
    /// <exception cref="OptionsValidationException">
    /// No record store is registered, or the options are not valid; the message names the calls.
    /// </exception>
    public static IEndpointConventionBuilder MapDirectUploads(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<DirectUploadEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        // Resolved here so that a missing store is an error at start, not at the first request.
        _ = endpoints.ServiceProvider.GetService<DirectUploadService>()
            ?? throw new InvalidOperationException("Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");

        var options = new DirectUploadEndpointOptions();
        configure?.Invoke(options);
        options.Check($"MapDirectUploads(\"{pattern}\")", endpoints.ServiceProvider.GetRequiredService<IOptions<DirectUploadOptions>>().Value);
        var group = endpoints.MapGroup(pattern).WithTags("Uploads").DisableCookieRedirect();
        group.AddEndpointFilter(Outage.AnswerAsync);
        group.AddEndpointFilter(new Gate(options, Problems.Refused).AnswerAsync);
        group.AddEndpointFilter(new ProfilesOfMapping(options).AnswerAsync);
        ((IEndpointConventionBuilder)group).Finally(HostAuthorization.MoveAside);
        var toRequest = new Demands(Statement: "MapDirectUploads", OwnOrigin: true);

        group.MapPost("/", (HttpContext context, DirectUploadService uploads) => RequestUpload.HandleAsync(context, uploads, options))
            .WithSummary("Requests an upload: answers where to send the bytes, and the tokens for everything after.")
            .Accepts<UploadRequestBody>("application/json").Produces<UploadGrantBody>(Status.Created).ProducesProblems(Problems.OfRequest)
            .WithMetadata(toRequest);
        // Routing keeps what is not JSON from the endpoint above with a bare 415; here it gets the contract's refusal.
        group.MapPost("/", (HttpContext context, DirectUploadService uploads) => RequestUpload.HandleAsync(context, uploads, options)).ExcludeFromDescription().WithMetadata(toRequest);
        group.MapPost("/{id}/parts", static (HttpContext context, string id, DirectUploadService uploads) => SignParts.HandleAsync(context, id, uploads))
            .WithSummary("Signs parts of an upload that goes in parts, up to 10,000 at once. Needs the write token.")
            .Accepts<PartsRequestBody>("application/json").Produces<SignedPartsBody>(Status.Ok).ProducesProblems(Problems.OfParts);
        group.MapGet("/{id}/parts", static (HttpContext context, string id, DirectUploadService uploads) => ListParts.HandleAsync(context, id, uploads))
            .WithSummary("Lists the parts that storage has, to go on from there. Needs the write token.")
            .Produces<StoredPartsBody>(Status.Ok).ProducesProblems(Problems.OfList);
        group.MapPost("/{id}/renew", static (HttpContext context, string id, DirectUploadService uploads) => RenewUpload.HandleAsync(context, id, uploads))
            .WithSummary("Answers anew where to send the bytes, when the time for it has run out. Needs the write token.")
            .Produces<RenewedBody>(Status.Ok).ProducesProblems(Problems.OfRenew);
        group.MapPost("/{id}/confirm", static (HttpContext context, string id, DirectUploadService uploads) => ConfirmUpload.HandleAsync(context, id, uploads))
            .WithSummary("Says that the bytes are at their key; answers the verified outcome. Needs the write token.")
            .Produces<UploadStatusBody>(Status.Ok).Produces<UploadStatusBody>(Status.Accepted).ProducesProblems(Problems.OfConfirm);
        group.MapGet("/{id}", static (HttpContext context, string id, DirectUploadService uploads) => ShowUpload.HandleAsync(context, id, uploads))
            .WithSummary("Shows how an upload stands. Needs the read or the write token.")
            .Produces<UploadStatusBody>(Status.Ok).ProducesProblems(Problems.OfStatus);
        var streams = new EventStreams(options);
        group.MapGet("/{id}/events", (HttpContext context, string id, DirectUploadService uploads) => FollowUpload.HandleAsync(context, id, uploads, streams))
            .WithSummary("Follows an upload by server-sent events, one for each change of status, by read or write token (header or query).")
            .Produces(Status.Ok, contentType: "text/event-stream").Produces(Status.NoContent).ProducesProblems(Problems.OfEvents);
        group.MapDelete("/{id}", static (HttpContext context, string id, DirectUploadService uploads) => DeleteUpload.HandleAsync(context, id, uploads))
            .WithSummary("Aborts a pending upload, deletes a finished one, objects included. Needs the write token.")
            .Produces(Status.NoContent).ProducesProblems(Problems.OfDelete);
        group.MapGet("/{id}/content", (HttpContext context, string id, DirectUploadService uploads) => ServeContent.HandleAsync(context, id, uploads, options))
            .WithSummary("Redirects to the content, by read token (header or query) or, for its owner, by the host's own authorisation.")
            .Produces(Status.Redirect).ProducesProblems(Problems.OfContent)
            .WithMetadata(new Demands(TokenSuffices: true));
        FormReturn.MapTo(group, options);
        return group;
    }

    private static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
