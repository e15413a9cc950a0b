using DirectUpload;
using DirectUpload.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Provides an extension method that configures how an application's entities store upload ids.</summary>
public static class DirectUploadModelConfigurationBuilderExtensions
{
    /// <summary>Stores each property of type <see cref="UploadId"/> as text of 32 characters.</summary>
    /// <remarks>Call the method in <c>ConfigureConventions</c>.</remarks>
    /// <param name="builder">The configuration builder of the context.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static ModelConfigurationBuilder UseDirectUploads(this ModelConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Properties<UploadId>().HaveConversion<UploadIdConverter>().HaveMaxLength(32).AreUnicode(false);
        return builder;
    }
}
