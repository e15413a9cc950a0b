using DirectUpload.AspNetCore;

namespace MvcSample.Models;

/// <summary>The page that uploads a file by an HTML form, for browsers without script.</summary>
public sealed record UploadPage(string Heading, string BackTo, UploadForm? Form);
