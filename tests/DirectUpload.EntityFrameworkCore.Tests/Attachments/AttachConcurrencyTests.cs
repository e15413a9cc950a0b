using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>
/// Requests that attach, replace and delete at the same time: an upload is attached to the entity that refers to it, and no other.
/// </summary>
public sealed class AttachConcurrencyTests
{
    private const int Rounds = 30;

    public static TheoryData<string> Databases => ["sqlite", "postgres", "postgres with retries"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Replace_Concurrently_LeavesTheOneThatTheEntityRefersTo(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var id = await AddMemberAsync(host, "Ada", await host.AddUploadAsync());
        for (var round = 0; round < Rounds; round++)
        {
            UploadId[] avatars = [await host.AddUploadAsync(), await host.AddUploadAsync(), await host.AddUploadAsync()];
            await Task.WhenAll(avatars.Select(avatar => TryAsync(host, async context =>
            {
                (await context.Members.SingleAsync(member => member.Id == id)).AvatarId = avatar;
                await context.SaveChangesAsync();
            })));

            var current = await host.RunAsync(context => context.Members.Where(it => it.Id == id).Select(it => it.AvatarId).SingleAsync());
            var attached = await host.Store.ListAsync(UploadFilter.ForAssociation("member", $"{id}"), 10);
            attached.Select(record => record.Id).Should().Equal([current!.Value], $"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Attach_OneUploadToTwoEntities_OneWins(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var avatar = await host.AddUploadAsync();
            var names = new[] { $"One {round}", $"Other {round}" };
            var saved = await Task.WhenAll(names.Select(name => TryAsync(host, async context =>
            {
                context.Add(new Member { Name = name, Login = "ada", AvatarId = avatar });
                await context.SaveChangesAsync();
            })));

            saved.Count(it => it).Should().Be(1, $"round {round}");
            var referring = await host.RunAsync(
                context => context.Members.Where(member => member.AvatarId == avatar).Select(member => member.Id).ToListAsync());
            referring.Should().ContainSingle();
            (await host.GetAsync(avatar)).Association!.Id.Should().Be($"{referring[0]}");
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Delete_WhileReplacing_LeavesNothingAttached(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var id = await AddMemberAsync(host, $"Member {round}", await host.AddUploadAsync());
            var avatar = await host.AddUploadAsync();
            await Task.WhenAll(
                TryAsync(host, async context =>
                {
                    if (await context.Members.SingleOrDefaultAsync(member => member.Id == id) is { } member)
                        member.AvatarId = avatar;
                    await context.SaveChangesAsync();
                }),
                TryAsync(host, async context =>
                {
                    context.Remove(await context.Members.SingleAsync(member => member.Id == id));
                    await context.SaveChangesAsync();
                }));

            var exists = await host.RunAsync(context => context.Members.AnyAsync(member => member.Id == id));
            var attached = await host.Store.ListAsync(UploadFilter.ForAssociation("member", $"{id}"), 10);
            attached.Should().HaveCount(exists ? 1 : 0, $"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Attach_AgainstExpiry_HasOneWinner(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var avatar = await host.AddUploadAsync();
            var record = await host.GetAsync(avatar);
            var expired = record with { Status = UploadStatus.Deleted, AttachBy = record.CreatedAt };
            var results = await Task.WhenAll(
                TryAsync(host, async context =>
                {
                    context.Add(new Member { Name = $"Member {round}", Login = "ada", AvatarId = avatar });
                    await context.SaveChangesAsync();
                }),
                Task.Run(async () => await host.Store.TryUpdateAsync(expired) is not null));

            results.Count(it => it).Should().Be(1, $"round {round}");
            var after = await host.GetAsync(avatar);
            (after.Status == UploadStatus.Deleted).Should().Be(results[1]);
            (after.Association is not null).Should().Be(results[0]);
            (await host.RunAsync(context => context.Members.AnyAsync(member => member.AvatarId == avatar))).Should().Be(results[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Attach_WhileTheWorkerChangesTheRecord_Succeeds(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var avatar = await host.AddUploadAsync();
            var record = await host.GetAsync(avatar);
            var saved = await Task.WhenAll(
                TryAsync(host, async context =>
                {
                    context.Add(new Member { Name = $"Member {round}", Login = "ada", AvatarId = avatar });
                    await context.SaveChangesAsync();
                }),
                Task.Run(async () => await host.Store.TryUpdateAsync(record with { NextActionAt = record.CreatedAt.AddHours(2) }) is null));

            saved[0].Should().BeTrue($"round {round}");
            (await host.GetAsync(avatar)).Association.Should().NotBeNull();
        }
    }

    [Theory]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres with retries", false)]
    public async Task Attach_ElsewhereBetweenCheckAndWrite_SavesNothing(string database, bool inTransaction)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        var elsewhere = new UploadAssociation("team", "7");
        host.Hook.BeforeInsert = async () =>
            (await host.Store.TryUpdateAsync(
                await host.GetAsync(avatar) with { Association = elsewhere, AttachedAt = DateTimeOffset.UtcNow }))
                .Should().NotBeNull();

        await host.RunAsync(async context =>
        {
            await using var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null;
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            var refused = await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            refused.Which.Error.Code.Should().Be(UploadErrorCodes.AttachedElsewhere);
            if (transaction is not null)
                await transaction.CommitAsync();
        });

        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(0);
        (await host.GetAsync(avatar)).Association.Should().Be(elsewhere);
    }

    private static async Task<bool> TryAsync(GalleryHost host, Func<GalleryContext, Task> request)
    {
        await Task.Yield();
        try
        {
            await host.RunAsync(request);
            return true;
        }
        catch (Exception refused) when (refused is UploadAttachmentException or DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static Task<int> AddMemberAsync(GalleryHost host, string name, UploadId avatar) => host.RunAsync(async context =>
    {
        var member = new Member { Name = name, Login = "ada", AvatarId = avatar };
        context.Add(member);
        await context.SaveChangesAsync();
        return member.Id;
    });
}
