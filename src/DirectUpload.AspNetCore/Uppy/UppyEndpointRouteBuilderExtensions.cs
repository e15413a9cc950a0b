using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.Uppy;
using DirectUpload.Presigning;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints for Uppy's S3 plugin.</summary>
public static class UppyEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoints for Uppy's plugin <c>@uppy/aws-s3</c>.</summary>
    /// <remarks>
    /// <para>The method maps three groups of endpoints:</para>
    /// <list type="bullet">
    /// <item>
    /// <description>
    /// The routes that the plugin requests if its <c>companionEndpoint</c> (<c>endpoint</c> in version 5) is this pattern.
    /// </description>
    /// </item>
    /// <item>
    /// <description>
    /// <c>POST {pattern}/sign</c> for the plugin's <c>signRequest</c> (from version 6), for hosts whose users have bearer tokens.
    /// </description>
    /// </item>
    /// <item>
    /// <description>
    /// <c>POST {pattern}/confirm</c> with <c>{key}</c>, or with <c>{location}</c>, which is the <c>uploadURL</c>. The page calls it on
    /// <c>upload-success</c> of a file that Uppy sent in one request. A multipart upload is confirmed when Uppy completes it.
    /// </description>
    /// </item>
    /// </list>
    /// <para>
    /// The endpoints look up each key and upload id in its record, and refuse those that were not granted to the caller. They fail closed,
    /// as those of <c>MapDirectUploads</c> do.
    /// </para>
    /// <para>
    /// The file's metadata can declare its association (<c>associationType</c>, <c>associationId</c>, <c>associationKind</c>) and its
    /// SHA-256 as base64 (<c>checksumSha256</c>), which the profile may require. The rules of <c>POST /uploads</c> apply to them.
    /// </para>
    /// </remarks>
    /// <param name="endpoints">The route builder to add the endpoints to.</param>
    /// <param name="pattern">The route prefix, such as <c>/uppy</c>.</param>
    /// <param name="profile">
    /// The profile of the uploads. Its method should be POST, because Uppy does not send the file's size; with PUT, the page must add
    /// <c>size</c> to the request that it signs. Multipart uploads require <c>MultipartThreshold</c>.
    /// </param>
    /// <param name="configure">Configures how the endpoints identify callers.</param>
    /// <returns>A convention builder for all endpoints.</returns>
    /// <exception cref="InvalidOperationException">
    /// The profile does not exist or allows only multipart uploads; or DirectUpload or ASP.NET Core's data protection
    /// (<c>AddDataProtection()</c>; part of <c>AddAuthentication()</c>) is not registered.
    /// </exception>
    /// <exception cref="OptionsValidationException">
    /// <paramref name="configure"/> sets an option that is not valid; the message names it.
    /// </exception>
    public static IEndpointConventionBuilder MapUppyUploads(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string profile,
        Action<DirectUploadEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        _ = endpoints.ServiceProvider.GetService<IDirectUploadService>()
            ?? throw new InvalidOperationException(
                "Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");
        var uploads = endpoints.ServiceProvider.GetRequiredService<IOptions<DirectUploadOptions>>().Value;
        if (!uploads.Profiles.TryGetValue(profile, out var rules))
            throw new InvalidOperationException($"MapUppyUploads(\"{pattern}\", \"{profile}\"): there is no profile \"{profile}\".");
        if (rules.UploadMethod == UploadMethod.Multipart)
            throw new InvalidOperationException(
                $"MapUppyUploads(\"{pattern}\", \"{profile}\"): Uppy sends small files in one request; set the profile's UploadMethod " +
                "to Post, and MultipartThreshold for larger files.");

        var options = new DirectUploadEndpointOptions();
        configure?.Invoke(options);
        options.Validate($"MapUppyUploads(\"{pattern}\", \"{profile}\")", uploads);
        if (!options.Serves(profile))
            throw new InvalidOperationException(
                $"MapUppyUploads(\"{pattern}\", \"{profile}\"): Profiles does not contain \"{profile}\"; leave Profiles empty, because " +
                "the call names the profile.");
        var services = endpoints.ServiceProvider;
        var protection = services.GetService<IDataProtectionProvider>() ?? throw new InvalidOperationException(
            $"MapUppyUploads(\"{pattern}\", \"{profile}\") protects tickets with ASP.NET Core's data protection, which is not "
            + "registered. Call builder.Services.AddDataProtection(), with SetApplicationName(…) and "
            + "a key ring that all instances share (PersistKeysTo…) if there are several: "
            + "https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview.");
        var tickets = new UploadTicketProtector(protection, profile, services.GetService<TimeProvider>() ?? TimeProvider.System);
        var own = new OwnedUploadResolver(
            rules, services.GetRequiredService<IDirectUploadService>(), services.GetRequiredService<IPresignedUploadIssuer>(), tickets);
        var (companion, signing, s3) = (new CompanionEndpoints(own, uploads.StagingPrefix, options),
            new UppyRequestSigner(own, tickets, options), new S3Endpoints(own, tickets));
        var group = endpoints.MapGroup(pattern).WithTags("Uppy").ExcludeFromDescription().DisableCookieRedirect();
        group.AddEndpointFilter(CompanionErrors.InvokeAsync);
        group.AddEndpointFilter(new AccessFilter(options, CompanionErrors.Problem).InvokeAsync);
        ((IEndpointConventionBuilder)group).Finally(HostAuthorization.Defer);

        var (changes, reads) = (new AccessRequirements(MappingName: "MapUppyUploads", RequiresSameOrigin: true), new AccessRequirements(
            MappingName: "MapUppyUploads"));
        group.MapGet("/s3/params", companion.GetParametersAsync).WithMetadata(changes);
        group.MapPost("/s3/multipart", companion.CreateMultipartAsync).WithMetadata(changes);
        group.MapGet("/s3/multipart/{uploadId}", companion.ListPartsAsync).WithMetadata(reads);
        group.MapGet("/s3/multipart/{uploadId}/batch", companion.SignBatchAsync).WithMetadata(changes);
        group.MapGet("/s3/multipart/{uploadId}/{partNumber}", companion.SignPartsAsync).WithMetadata(changes);
        group.MapPost("/s3/multipart/{uploadId}/complete", companion.CompleteAsync).WithMetadata(changes);
        group.MapDelete("/s3/multipart/{uploadId}", companion.AbortAsync).WithMetadata(changes);
        group.MapPost("/confirm", companion.ConfirmAsync).WithMetadata(changes);
        group.MapPost("/sign", signing.SignAsync).WithMetadata(changes, new UppyMapping(1));
        // Uppy treats these endpoints as S3 and sends no cookie or bearer token: the ticket contains the host's authorization.
        var ticketed = new object[] { new AccessRequirements(TokenSuffices: true), new UppyMapping(2) };
        group.MapPost("/sign/s3", s3.PostAsync).WithMetadata(ticketed);
        group.MapGet("/sign/s3", s3.GetAsync).WithMetadata(ticketed);
        group.MapDelete("/sign/s3", s3.DeleteAsync).WithMetadata(ticketed);
        return group;
    }
}
