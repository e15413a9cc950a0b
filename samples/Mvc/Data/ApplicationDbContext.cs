using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MvcSample.Data;

/// <summary>Users, albums and the upload records in one database, so that an upload is attached in the transaction of its entity.</summary>
public sealed class ApplicationDbContext(DbContextOptions<ApplicationDbContext> options)
    : IdentityDbContext<User, IdentityRole, string>(options)
{
    public DbSet<Album> Albums => Set<Album>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseDirectUploads();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseDirectUploads();
        builder.Entity<User>().HasUpload(user => user.AvatarId, profile: "avatar").OwnedBy(user => user.Id);
        builder.Entity<Album>(album =>
        {
            album.HasOne<User>().WithOne().HasForeignKey<Album>(it => it.UserId);
            album.HasUploads(it => it.PhotoIds, profile: "photo").OwnedBy(it => it.UserId);
        });
    }
}
