using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>Entities whose uploads are attached, replaced and detached by saving them.</summary>
public sealed class AttachOnSaveTests
{
    public static TheoryData<string, string> Modes => SaveMode.All;

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_NewEntityWithGeneratedKey_AttachesTheUpload(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        var member = new Member { Name = "Ada", Login = "ada", AvatarId = avatar };

        await host.RunAsync(context =>
        {
            context.Add(member);
            return SaveMode.SaveAsync(context, mode);
        });

        var record = await host.GetAsync(avatar);
        record.Association.Should().Be(new UploadAssociation("member", $"{member.Id}", "avatar"));
        record.AttachBy.Should().BeNull();
        record.AttachedAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        member.Id.Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_OtherUpload_ReplacesTheFirst(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (first, second) = (await host.AddUploadAsync(), await host.AddUploadAsync());
        var id = await AddMemberAsync(host, first);

        await host.RunAsync(async context =>
        {
            (await context.Members.SingleAsync(member => member.Id == id)).AvatarId = second;
            await SaveMode.SaveAsync(context, mode);
        });

        var replaced = await host.GetAsync(first);
        replaced.Association.Should().BeNull();
        replaced.NextActionAt.Should().BeOnOrBefore(DateTimeOffset.UtcNow, "the worker deletes it");
        replaced.AttachBy.Should().Be(replaced.NextActionAt);
        (await host.GetAsync(second)).Association!.Id.Should().Be($"{id}");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_DeletedEntity_DetachesItsUploads(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        UploadId[] photos = [await host.AddUploadAsync(), await host.AddUploadAsync()];
        var id = await host.RunAsync(async context =>
        {
            var album = new Album { Login = "ada", PhotoIds = [.. photos] };
            context.Add(album);
            await context.SaveChangesAsync();
            return album.Id;
        });

        await host.RunAsync(async context =>
        {
            context.Remove(await context.Albums.SingleAsync(album => album.Id == id));
            await SaveMode.SaveAsync(context, mode);
        });

        foreach (var photo in photos)
        {
            var record = await host.GetAsync(photo);
            record.Association.Should().BeNull();
            record.AttachBy.Should().BeCloseTo(DateTimeOffset.UtcNow + GalleryHost.Retention, TimeSpan.FromMinutes(1));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_ReorderedAndChangedAlbum_AttachesAndDetaches(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var uploads = new List<UploadId>();
        for (var at = 0; at < 4; at++)
            uploads.Add(await host.AddUploadAsync());
        var id = await host.RunAsync(async context =>
        {
            var album = new Album { Login = "ada", PhotoIds = [uploads[0], uploads[1], uploads[2]] };
            context.Add(album);
            await context.SaveChangesAsync();
            return album.Id;
        });

        await host.RunAsync(async context =>
        {
            var album = await context.Albums.SingleAsync(album => album.Id == id);
            album.PhotoIds.Remove(uploads[1]);
            album.PhotoIds.Insert(0, uploads[3]);
            album.PhotoIds.Reverse();
            await SaveMode.SaveAsync(context, mode);
        });

        var stored = await host.RunAsync(context => context.Albums.AsNoTracking().SingleAsync(album => album.Id == id));
        stored.PhotoIds.Should().Equal(uploads[2], uploads[0], uploads[3]);
        foreach (var (upload, at) in uploads.Select((upload, at) => (upload, at)))
            (await host.GetAsync(upload)).Association?.Kind.Should().Be(at == 1 ? null : "photo");
        (await host.GetAsync(uploads[1])).AttachBy.Should().BeOnOrBefore(DateTimeOffset.UtcNow);
        var listed = await host.Store.ListAsync(UploadFilter.ForAssociation("album", $"{id}", "photo"), 10);
        listed.Select(record => record.Id).Order().Should().Equal(new[] { uploads[0], uploads[2], uploads[3] }.Order());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_SwappedAvatars_MovesBoth(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (one, other) = (await host.AddUploadAsync(), await host.AddUploadAsync());
        var (first, second) = (await AddMemberAsync(host, one, "One"), await AddMemberAsync(host, other, "Other"));

        await host.RunAsync(async context =>
        {
            var members = await context.Members.OrderBy(member => member.Id).ToListAsync();
            (members[0].AvatarId, members[1].AvatarId) = (members[1].AvatarId, members[0].AvatarId);
            await SaveMode.SaveAsync(context, mode);
        });

        (await host.GetAsync(one)).Association!.Id.Should().Be($"{second}");
        (await host.GetAsync(other)).Association!.Id.Should().Be($"{first}");
        (await host.GetAsync(one)).AttachBy.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_DisconnectedEntity_KeepsItsUpload(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        var id = await AddMemberAsync(host, avatar);
        var before = await host.GetAsync(avatar);

        await host.RunAsync(context =>
        {
            context.Update(new Member { Id = id, Name = "Ada Lovelace", Login = "ada", AvatarId = avatar });
            return SaveMode.SaveAsync(context, mode);
        });

        (await host.GetAsync(avatar)).Should().BeEquivalentTo(before);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_DisconnectedEntityWhoseUploadIsGone_IsSaved(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (avatar, foreign) = (await host.AddUploadAsync(), await host.AddUploadAsync("eve"));
        var id = await AddMemberAsync(host, avatar);
        await host.Store.DeleteAsync(avatar);

        await host.RunAsync(context =>
        {
            context.Update(new Member { Id = id, Name = "Ada Lovelace", Login = "ada", AvatarId = avatar });
            return SaveMode.SaveAsync(context, mode);
        });
        await host.RunAsync(async context =>
        {
            context.Update(new Member { Id = id, Name = "Eve", Login = "ada", AvatarId = foreign });
            await context.Awaiting(it => SaveMode.SaveAsync(it, mode)).Should().ThrowAsync<UploadAttachmentException>();
        });

        (await host.RunAsync(context => context.Members.SingleAsync())).Name.Should().Be("Ada Lovelace");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Save_OtherProperties_ChangesNoRecord(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        var id = await AddMemberAsync(host, avatar);
        var before = await host.GetAsync(avatar);

        await host.RunAsync(async context =>
        {
            (await context.Members.SingleAsync(member => member.Id == id)).Name = "Ada Lovelace";
            await context.SaveChangesAsync();
        });

        (await host.GetAsync(avatar)).Should().BeEquivalentTo(before);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Save_AvatarSetToNull_DeletesIt(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        var id = await AddMemberAsync(host, avatar);

        await host.RunAsync(async context =>
        {
            (await context.Members.SingleAsync(member => member.Id == id)).AvatarId = null;
            await context.SaveChangesAsync();
        });

        (await host.GetAsync(avatar)).AttachBy.Should().BeOnOrBefore(DateTimeOffset.UtcNow);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Save_DeletedPrincipal_DetachesUploadsOfCascadedDependents(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        UploadId[] portraits = [await host.AddUploadAsync(), await host.AddUploadAsync(), await host.AddUploadAsync()];
        await host.RunAsync(async context =>
        {
            Club[] clubs = [new(), new()];
            context.AddRange(clubs);
            await context.SaveChangesAsync();
            for (var at = 0; at < portraits.Length; at++)
            {
                var player = new Player { Login = "ada", PortraitId = portraits[at] };
                context.Add(new Team { ClubId = clubs[at / 2].Id, Players = { player } });
            }

            await context.SaveChangesAsync();
        });

        await host.RunAsync(async context =>
        {
            context.Remove(await context.Clubs.OrderBy(club => club.Id).FirstAsync());
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            await SaveMode.SaveAsync(context, mode);
        });

        (await host.RunAsync(context => context.Set<Player>().CountAsync())).Should().Be(1);
        foreach (var (portrait, at) in portraits.Select((portrait, at) => (portrait, at)))
            (await host.GetAsync(portrait)).Association.Should().Match<UploadAssociation?>(it => it == null == at < 2);
    }

    private static Task<int> AddMemberAsync(GalleryHost host, UploadId avatar, string name = "Ada") => host.RunAsync(async context =>
    {
        var member = new Member { Name = name, Login = "ada", AvatarId = avatar };
        context.Add(member);
        await context.SaveChangesAsync();
        return member.Id;
    });
}
