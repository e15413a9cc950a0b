using DirectUpload.EntityFrameworkCore;
using DirectUpload.EntityFrameworkCore.Attachments;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Provides an extension method that gives access to the uploads of a context.</summary>
public static class DirectUploadDbContextExtensions
{
    /// <summary>Gets the unit of work that attaches uploads with the next <c>SaveChanges</c>, and queries them.</summary>
    /// <param name="context">The context of <c>AddDirectUploads().UseEntityFrameworkCore&lt;TContext&gt;()</c>.</param>
    /// <returns>The unit of work; the same for every call until <c>SaveChanges</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The context is not registered with DirectUpload.</exception>
    public static UploadUnitOfWork Uploads(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var interceptors = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors;
        return interceptors?.OfType<UploadSaveInterceptor>().FirstOrDefault()?.GetUnit(context)
            ?? throw new InvalidOperationException(
                $"{context.GetType().Name} cannot attach uploads. Register it with AddDirectUploads().UseEntityFrameworkCore<"
                + $"{context.GetType().Name}>(), and take it from the services of the application.");
    }
}
