using Microsoft.EntityFrameworkCore;

namespace DirectUpload.Crash.Host;

/// <summary>An application's own context: members with an avatar and photos, in the database of the records.</summary>
internal sealed class MembersContext(DbContextOptions<MembersContext> options) : DbContext(options)
{
    public DbSet<Member> Members => Set<Member>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseDirectUploads();
        modelBuilder.Entity<Member>(member =>
        {
            member.ToTable("members");
            member.Property(it => it.Id).HasColumnName("id");
            member.Property(it => it.Name).HasColumnName("name");
            member.HasIndex(it => it.Name).IsUnique();
            member.Property(it => it.Owner).HasColumnName("owner");
            member.HasUpload(it => it.AvatarId, profile: "avatar").OwnedBy(it => it.Owner);
            member.Property(it => it.AvatarId).HasColumnName("avatar_id");
            member.HasUploads(it => it.PhotoIds, profile: "avatar").OwnedBy(it => it.Owner);
            member.Property(it => it.PhotoIds).HasColumnName("photo_ids");
        });
    }
}

internal sealed class Member
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;

    public string Owner { get; set; } = string.Empty;

    public UploadId? AvatarId { get; set; }

    public List<UploadId> PhotoIds { get; set; } = [];
}
