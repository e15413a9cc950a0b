using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Uppy;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves Uppy's S3 plugin, in both of its modes.</summary>
public static class UppyEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the routes that Uppy asks for when its <c>@uppy/aws-s3</c> has this pattern as its <c>companionEndpoint</c> (<c>endpoint</c> in version 5);
    /// <c>POST {pattern}/sign</c>, which answers its <c>signRequest</c> (from version 6), for hosts whose users have bearer tokens; and
    /// <c>POST {pattern}/confirm</c> with <c>{key}</c>, or with <c>{location}</c>, the <c>uploadURL</c>, for the page to call on <c>upload-success</c> of what went in one piece; what goes in parts is confirmed as it is completed.
    /// Every key and upload id is resolved through its record, and one that was not granted to this caller is refused. They fail closed, as <c>MapDirectUploads</c> does.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The route prefix, such as <c>/uppy</c>.</param>
    /// <param name="profile">
    /// The profile of all these uploads, with <c>MultipartAbove</c> for what goes in parts. By POST, for Uppy does not say how large a file is; one by PUT serves only a
    /// page that adds <c>size</c> to what it has signed.
    /// </param>
    /// <param name="configure">Says how callers are known.</param>
    /// <returns>A convention builder for all of them.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no such profile, it is by MULTIPART alone, or DirectUpload or ASP.NET Core's data protection (<c>AddDataProtection()</c>; part of <c>AddAuthentication()</c>) is not registered.
    /// </exception>
    public static IEndpointConventionBuilder MapUppyUploads(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string profile, Action<DirectUploadEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        _ = endpoints.ServiceProvider.GetService<DirectUploadService>()
            ?? throw new InvalidOperationException("Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");
        var uploads = endpoints.ServiceProvider.GetRequiredService<IOptions<DirectUploadOptions>>().Value;
        if (!uploads.Profiles.TryGetValue(profile, out var rules))
            throw new InvalidOperationException($"MapUppyUploads(\"{pattern}\", \"{profile}\"): there is no profile \"{profile}\".");
        if (rules.Method == UploadMethod.Multipart)
            throw new InvalidOperationException($"MapUppyUploads(\"{pattern}\", \"{profile}\"): Uppy sends small files in one piece; set the profile's Method to Post, and MultipartAbove for what goes in parts.");

        var options = new DirectUploadEndpointOptions();
        configure?.Invoke(options);
        options.Check($"MapUppyUploads(\"{pattern}\", \"{profile}\")", uploads);
        if (!options.Serves(profile))
            throw new InvalidOperationException($"MapUppyUploads(\"{pattern}\", \"{profile}\"): Profiles does not name \"{profile}\"; leave it empty, for the profile is named by the call.");
        var services = endpoints.ServiceProvider;
        var protection = services.GetService<IDataProtectionProvider>() ?? throw new InvalidOperationException(
            $"MapUppyUploads(\"{pattern}\", \"{profile}\") seals tickets with the application's data protection, and none is registered. Call builder.Services.AddDataProtection(), with SetApplicationName(…) and "
            + "a key ring that all instances share (PersistKeysTo…) where there are several: https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview.");
        var tickets = new TicketOffice(protection, profile, services.GetService<TimeProvider>() ?? TimeProvider.System);
        var own = new OwnUploads(rules, services.GetRequiredService<IUploadRecordStore>(), services.GetRequiredService<IPresignedUploadIssuer>(), tickets);
        var (companion, signing, s3) = (new Companion(own, uploads.StagingPrefix, options), new RequestSigning(own, tickets, options), new S3Endpoints(own, tickets));
        var group = endpoints.MapGroup(pattern).WithTags("Uppy").ExcludeFromDescription().DisableCookieRedirect();
        group.AddEndpointFilter(Refusal.AnswerAsync);
        group.AddEndpointFilter(new Gate(options, Refusal.Problem).AnswerAsync);
        ((IEndpointConventionBuilder)group).Finally(HostAuthorization.MoveAside);

        var (changes, reads) = (new Demands(Statement: "MapUppyUploads", OwnOrigin: true), new Demands(Statement: "MapUppyUploads"));
        group.MapGet("/s3/params", companion.ParamsAsync).WithMetadata(changes);
        group.MapPost("/s3/multipart", companion.CreateAsync).WithMetadata(changes);
        group.MapGet("/s3/multipart/{uploadId}", companion.ListAsync).WithMetadata(reads);
        group.MapGet("/s3/multipart/{uploadId}/batch", companion.BatchAsync).WithMetadata(changes);
        group.MapGet("/s3/multipart/{uploadId}/{partNumber}", companion.SignAsync).WithMetadata(changes);
        group.MapPost("/s3/multipart/{uploadId}/complete", companion.CompleteAsync).WithMetadata(changes);
        group.MapDelete("/s3/multipart/{uploadId}", companion.AbortAsync).WithMetadata(changes);
        group.MapPost("/confirm", companion.ConfirmAsync).WithMetadata(changes);
        group.MapPost("/sign", signing.SignAsync).WithMetadata(changes, new UppyMapping(1));
        // Uppy comes here as to S3, without cookie or bearer token: its ticket says whom the host has let through.
        var ticketed = new object[] { new Demands(TokenSuffices: true), new UppyMapping(2) };
        group.MapPost("/sign/s3", s3.PostAsync).WithMetadata(ticketed);
        group.MapGet("/sign/s3", s3.GetAsync).WithMetadata(ticketed);
        group.MapDelete("/sign/s3", s3.DeleteAsync).WithMetadata(ticketed);
        return group;
    }
}
