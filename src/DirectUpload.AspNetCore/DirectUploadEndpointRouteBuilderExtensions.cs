using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.AspNetCore.Http;
using DirectUpload.AspNetCore.OpenApi;
using DirectUpload.AspNetCore.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps DirectUpload's HTTP endpoints.</summary>
public static class DirectUploadEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoints that request, confirm, show, deliver and delete uploads.</summary>
    /// <remarks>
    /// The endpoints fail closed: each request for an upload is refused with 403 until the application calls <c>RequireAuthorization()</c>
    /// on the returned builder, or <c>AllowAnonymous()</c> if everybody may upload.
    /// </remarks>
    /// <param name="endpoints">The route builder to add the endpoints to.</param>
    /// <param name="pattern">The route prefix, such as <c>/uploads</c>.</param>
    /// <param name="configure">Configures how the endpoints identify callers, deliver content and limit event streams.</param>
    /// <returns>
    /// A convention builder for all endpoints, for <c>.RequireAuthorization()</c>, <c>.RequireRateLimiting("uploads")</c> and the like.
    /// </returns>
    /// <exception cref="InvalidOperationException">DirectUpload is not registered.</exception>
    /// <exception cref="OptionsValidationException">
    /// No record store is registered, the options are not valid, or <paramref name="configure"/> sets an option that is not valid; the
    /// message names each error and its correction.
    /// </exception>
    public static IEndpointConventionBuilder MapDirectUploads(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<DirectUploadEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        // Resolve the service here, so that a missing store is an error at startup, not at the first request. It is a singleton; to inject
        // it into the handlers would create a service scope for each request.
        var uploads = endpoints.ServiceProvider.GetService<IDirectUploadService>()
            ?? throw new InvalidOperationException(
                "Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");

        var options = new DirectUploadEndpointOptions();
        configure?.Invoke(options);
        options.Validate(
            $"MapDirectUploads(\"{pattern}\")", endpoints.ServiceProvider.GetRequiredService<IOptions<DirectUploadOptions>>().Value);
        var group = endpoints.MapGroup(pattern).WithTags("Uploads").DisableCookieRedirect();
        group.AddEndpointFilter(StorageUnavailableFilter.InvokeAsync);
        group.AddEndpointFilter(new AccessFilter(options, Problems.Create).InvokeAsync);
        group.AddEndpointFilter(new ProfileFilter(options, uploads).InvokeAsync);
        ((IEndpointConventionBuilder)group).Finally(HostAuthorization.Defer);
        var toRequest = new AccessRequirements(MappingName: "MapDirectUploads", RequiresSameOrigin: true);

        // A handler with no other parameter than the context is cast, because ASP.NET Core ignores the result of a RequestDelegate.
        group.MapPost("/", (Delegate)((HttpContext context) => RequestUpload.HandleAsync(context, uploads, options)))
            .WithSummary("Requests an upload and returns the signed instructions and the upload's tokens.")
            .Produces<UploadGrantBody>(HttpStatus.Created)
            .ProducesProblems(Problems.RequestStatusCodes)
            .WithMetadata(toRequest, ContractOperations.Request);
        group.MapPost("/batch", (Delegate)((HttpContext context) => RequestUploadBatch.HandleAsync(context, uploads, options)))
            .WithSummary("Requests up to 100 uploads, and returns a grant or a problem for each.")
            .Produces<UploadBatchBody>(HttpStatus.Ok)
            .ProducesProblems(Problems.RequestBatchStatusCodes)
            .WithMetadata(toRequest, ContractOperations.RequestBatch);
        group.MapGet("/", (Delegate)((HttpContext context) => ListUploads.HandleAsync(context, uploads, options)))
            .WithSummary("Lists the signed-in owner's uploads: all, or those of one entity of the application.")
            .Produces<UploadListBody>(HttpStatus.Ok).ProducesProblems(Problems.ListStatusCodes)
            .WithMetadata(new AccessRequirements(MappingName: "MapDirectUploads"), ContractOperations.List);
        group.MapPost("/{id}/parts", (HttpContext context, string id) => SignParts.HandleAsync(context, id, uploads))
            .WithSummary("Signs up to 10,000 parts of a multipart upload. Requires the write token.")
            .Produces<SignedPartsBody>(HttpStatus.Ok)
            .ProducesProblems(Problems.SignPartsStatusCodes)
            .WithMetadata(ContractOperations.SignParts);
        group.MapGet("/{id}/parts", (HttpContext context, string id) => ListParts.HandleAsync(context, id, uploads))
            .WithSummary("Lists the parts that storage has, so that the client can resume. Requires the write token.")
            .Produces<StoredPartsBody>(HttpStatus.Ok).ProducesProblems(Problems.ListPartsStatusCodes)
            .WithMetadata(ContractOperations.ListParts);
        group.MapPost("/{id}/renew", (HttpContext context, string id) => RenewUpload.HandleAsync(context, id, uploads))
            .WithSummary("Returns new signed instructions for an upload whose URLs have expired. Requires the write token.")
            .Produces<RenewedBody>(HttpStatus.Ok).ProducesProblems(Problems.RenewStatusCodes)
            .WithMetadata(ContractOperations.Renew);
        group.MapPost("/{id}/confirm", (HttpContext context, string id) => ConfirmUpload.HandleAsync(context, id, uploads))
            .WithSummary("Confirms that the client has sent the file, and returns the verified status. Requires the write token.")
            .Produces<UploadStatusBody>(HttpStatus.Ok).Produces<UploadStatusBody>(HttpStatus.Accepted)
            .ProducesProblems(Problems.ConfirmStatusCodes)
            .WithMetadata(ContractOperations.Confirm);
        group.MapGet("/{id}", (HttpContext context, string id) => GetUpload.HandleAsync(context, id, uploads))
            .WithSummary("Gets the status of an upload. Requires the read or the write token.")
            .Produces<UploadStatusBody>(HttpStatus.Ok).ProducesProblems(Problems.GetStatusCodes)
            .WithMetadata(ContractOperations.Get);
        var streams = new EventStreamLimiter(options);
        group.MapGet("/{id}/events", (HttpContext context, string id) => StreamUploadEvents.HandleAsync(context, id, uploads, streams))
            .WithSummary("Streams a server-sent event for each status change. Requires the read or the write token (header or query).")
            .Produces(HttpStatus.Ok, contentType: "text/event-stream").Produces(HttpStatus.NoContent)
            .ProducesProblems(Problems.EventsStatusCodes)
            .WithMetadata(ContractOperations.Events);
        group.MapGet("/events", (Delegate)((HttpContext context) => StreamManyUploadEvents.HandleAsync(context, uploads, options, streams)))
            .WithSummary("Streams the status changes of up to 100 uploads, or those of the signed-in owner.")
            .Produces(HttpStatus.Ok, contentType: "text/event-stream").Produces(HttpStatus.NoContent)
            .ProducesProblems(Problems.ManyEventsStatusCodes)
            .WithMetadata(ContractOperations.ManyEvents);
        group.MapDelete("/{id}", (HttpContext context, string id) => DeleteUpload.HandleAsync(context, id, uploads))
            .WithSummary("Aborts the upload or deletes it with its objects, and stores the client's reason. Requires the write token.")
            .Produces(HttpStatus.NoContent).ProducesProblems(Problems.DeleteStatusCodes)
            .WithMetadata(ContractOperations.Delete);
        group.MapGet("/{id}/content", (HttpContext context, string id) => ServeContent.HandleAsync(context, id, uploads, options))
            .WithSummary("Serves the content; to Accept: application/json, its URL. Requires the read token (header or query), or the " +
                "owner's sign-in to the application.")
            .Produces<ContentUrlBody>(HttpStatus.Ok).Produces(HttpStatus.Redirect).ProducesProblems(Problems.ContentStatusCodes)
            .WithMetadata(new AccessRequirements(TokenSuffices: true), ContractOperations.Content);
        FormCallbackEndpoint.Map(group, options);
        OpenApiDescription.AddTo(group);
        return group;
    }

    private static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
