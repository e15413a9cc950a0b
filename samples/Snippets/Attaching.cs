using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Attaches uploads to entities of the application.</summary>
internal sealed class Attaching(IDirectUploadService uploads, ModelStateDictionary modelState)
{
    public static void Profiles(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(options => options.AddProfile("avatar", profile =>
        {
            profile.ContentTypes.Add("image/*");
            profile.RequireAttachment = true;                         // what no form claims is deleted …
            profile.UnattachedRetention = TimeSpan.FromHours(6);      // … after 6 hours; the default is 24
        }));
    }

    public static async Task SaveAsync(GalleryDbContext db, Person user, ProfileForm form)
    {
        user.AvatarId = form.AvatarId;
        await db.SaveChangesAsync();
    }

    public async Task CatchAsync(GalleryDbContext db, Person user, ProfileForm form)
    {
        try
        {
            user.AvatarId = form.AvatarId;
            await db.SaveChangesAsync();
        }
        catch (UploadAttachmentException refused)
        {
            modelState.AddModelError(nameof(form.AvatarId), refused.Error.Message);
        }
    }

    public async Task CheckAsync(Person user, ProfileForm form)
    {
        var check = await uploads.CheckAttachAsync(form.AvatarId!.Value, UploadAccess.Owner(user.Id), "avatar");
        if (!check.Succeeded)
            modelState.AddModelError(nameof(form.AvatarId), check.Error.Message);
    }

    public static async Task ExplicitAsync(GalleryDbContext db, Person user, UploadId scan, UploadToken readToken)
    {
        db.Uploads().Attach(scan, readToken, new UploadAssociation("invoice", "42", "scan"), profile: "scan");
        await db.SaveChangesAsync();
    }

    public async Task ServiceAsync(Person user, UploadId id)
    {
        var avatar = new UploadAssociation("user", user.Id, "avatar");
        var attached = await uploads.AttachAsync(id, UploadAccess.Owner(user.Id), avatar, profile: "avatar", replace: true);
    }

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var photos = UploadFilter.ForAssociation("album", "7", kind: "photo") with { Status = UploadStatus.Ready };
        await foreach (var photo in uploads.ListAsync(photos, cancellationToken))
            Console.WriteLine($"{photo.Id} {photo.FileName}");
    }

    public static async Task QueryAsync(GalleryDbContext db, DateTimeOffset monday)
    {
        var failed = await db.Uploads().Query
            .Where(upload => upload.Status == UploadStatus.Failed && upload.CreatedAt >= monday)
            .OrderByDescending(upload => upload.CreatedAt)
            .ToListAsync();
    }

    public async Task EraseAsync(Person user)
    {
        var erased = await uploads.EraseOwnerAsync(user.Id);
    }
}

/// <summary>Represents the context of an application whose entities refer to uploads.</summary>
public sealed class GalleryDbContext(DbContextOptions<GalleryDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseDirectUploads();
        modelBuilder.Entity<Person>().HasUpload(user => user.AvatarId, profile: "avatar").OwnedBy(user => user.Id);
        modelBuilder.Entity<Album>().HasUploads(album => album.PhotoIds, profile: "photo").OwnedBy(album => album.UserId);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseDirectUploads();
}

/// <summary>Represents a user with an avatar.</summary>
public sealed class Person
{
    public string Id { get; set; } = "";

    public UploadId? AvatarId { get; set; }
}

/// <summary>Represents an album with photos in the order of the user.</summary>
public sealed class Album
{
    public int Id { get; set; }

    public string UserId { get; set; } = "";

    public List<UploadId> PhotoIds { get; set; } = [];
}

/// <summary>Represents a form that the browser submits after the upload.</summary>
public sealed class ProfileForm
{
    public UploadId? AvatarId { get; set; }
}
