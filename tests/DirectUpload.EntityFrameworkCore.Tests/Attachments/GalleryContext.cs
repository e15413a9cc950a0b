using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>An application's context: users with an avatar, albums with photos, and cards whose owner is unknown.</summary>
internal sealed class GalleryContext(DbContextOptions<GalleryContext> options) : DbContext(options)
{
    public DbSet<Member> Members => Set<Member>();

    public DbSet<Album> Albums => Set<Album>();

    public DbSet<Card> Cards => Set<Card>();

    public DbSet<Club> Clubs => Set<Club>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseDirectUploads();
        modelBuilder.Entity<Member>().HasIndex(member => member.Name).IsUnique();
        modelBuilder.Entity<Member>().HasUpload(member => member.AvatarId, profile: "photos").OwnedBy(member => member.Login);
        modelBuilder.Entity<Album>().HasUploads(album => album.PhotoIds, profile: "photos").OwnedBy(album => album.Login);
        modelBuilder.Entity<Team>().HasOne<Club>().WithMany().HasForeignKey(team => team.ClubId).OnDelete(DeleteBehavior.Cascade);
        modelBuilder.Entity<Player>().HasOne(player => player.Team).WithMany(team => team.Players).OnDelete(DeleteBehavior.Cascade);
        modelBuilder.Entity<Player>().HasUpload(player => player.PortraitId, profile: "photos").OwnedBy(player => player.Login);
        modelBuilder.Entity<Card>().HasUpload(card => card.ScanId, profile: "photos", kind: "front", type: "id-card");
    }
}

internal sealed class Member
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;

    public string? Login { get; set; }

    public UploadId? AvatarId { get; set; }
}

internal sealed class Album
{
    public int Id { get; set; }

    public string Login { get; set; } = string.Empty;

    public List<UploadId> PhotoIds { get; set; } = [];
}

internal sealed class Card
{
    public Guid Id { get; set; }

    public UploadId ScanId { get; set; }
}

internal sealed class Club
{
    public int Id { get; set; }
}

internal sealed class Team
{
    public int Id { get; set; }

    public int ClubId { get; set; }

    public List<Player> Players { get; } = [];
}

internal sealed class Player
{
    public int Id { get; set; }

    public Team? Team { get; set; }

    public int TeamId { get; set; }

    public string Login { get; set; } = string.Empty;

    public UploadId? PortraitId { get; set; }
}
