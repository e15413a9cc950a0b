using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>Uploads that must not be attached: the save throws, and neither the entity nor the upload changes.</summary>
public sealed class AttachRefusalTests
{
    private static readonly Dictionary<string, (Func<UploadRecord, UploadRecord> Change, string Code)> Refusals = new()
    {
        ["another owner's"] = (record => record with { Owner = "eve" }, UploadErrorCodes.NotFound),
        ["an anonymous one"] = (record => record with { Owner = null }, UploadErrorCodes.NotFound),
        ["owner in another case"] = (record => record with { Owner = "ADA" }, UploadErrorCodes.NotFound),
        ["another profile's"] = (record => record with { Profile = "scans" }, UploadErrorCodes.WrongProfile),
        ["pending"] = (record => record with { Status = UploadStatus.Requested }, UploadErrorCodes.NotReady),
        ["uploaded"] = (record => record with { Status = UploadStatus.Uploaded }, UploadErrorCodes.NotReady),
        ["processing"] = (record => record with { Status = UploadStatus.Processing }, UploadErrorCodes.NotReady),
        ["rejected"] = (record => record with
        {
            Status = UploadStatus.Rejected,
            Error = new(UploadErrorCodes.Mismatch, "The file is not an image."),
        }, UploadErrorCodes.Mismatch),
        ["failed"] = (record => record with { Status = UploadStatus.Failed }, UploadErrorCodes.ProcessingFailed),
        ["expired"] = (record => record with { Status = UploadStatus.Expired }, UploadErrorCodes.Expired),
        ["aborted"] = (record => record with { Status = UploadStatus.Aborted }, UploadErrorCodes.Deleted),
        ["deleted"] = (record => record with { Status = UploadStatus.Deleted }, UploadErrorCodes.Deleted),
        ["attached elsewhere"] = (record => record with
        {
            Association = new("member", "987654", "avatar"),
            AttachedAt = record.CreatedAt,
        }, UploadErrorCodes.AttachedElsewhere),
        ["requested for another entity"] =
            (record => record with { Association = new("member", "987654", "avatar") }, UploadErrorCodes.AttachedElsewhere),
        ["not attached in time"] = (record => record with { AttachBy = record.CreatedAt }, UploadErrorCodes.Deleted),
    };

    public static TheoryData<string, string, string> Cases => [.. from upload in Refusals.Keys
                                                                  from way in SaveMode.All
                                                                  where way.Data.Item1 != "postgres with retries"
                                                                  select (upload, way.Data.Item1, way.Data.Item2)];

    public static TheoryData<string> Databases => ["sqlite", "postgres", "postgres with retries"];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Save_RefusedUpload_SavesNothing(string upload, string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (change, code) = Refusals[upload];
        var id = await host.AddUploadAsync(change: change);
        var good = await host.AddUploadAsync();
        var before = await host.GetAsync(id);

        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Good", Login = "ada", AvatarId = good });
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = id });
            var refused = (await context.Awaiting(it => SaveMode.SaveAsync(it, mode))
                .Should().ThrowAsync<UploadAttachmentException>()).Which;
            refused.Error.Code.Should().Be(code);
            refused.UploadId.Should().Be(id);
        });

        (await host.GetAsync(id)).Should().BeEquivalentTo(before);
        (await host.GetAsync(good)).Association.Should().BeNull();
        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_RefusedInATransaction_SavesNothingThoughItIsCommitted(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var foreign = await host.AddUploadAsync("eve");

        await host.RunAsync(context => context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Member { Name = "Before" });
            await context.SaveChangesAsync();
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = foreign });
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            await transaction.CommitAsync();
        }));

        (await host.RunAsync(context => context.Members.Select(member => member.Name).ToListAsync())).Should().Equal("Before");
        (await host.GetAsync(foreign)).Association.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_UnknownUpload_IsNotFound(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = UploadId.Create(DateTimeOffset.UtcNow) });
            var refused = await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            refused.Which.Error.Code.Should().Be(UploadErrorCodes.NotFound);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Save_EntityWithoutOwner_AttachesNotEvenAnonymousUploads(string? login)
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        var anonymous = await host.AddUploadAsync(change: record => record with { Owner = null });
        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Ada", Login = login, AvatarId = anonymous });
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_TwoEntitiesWithOneUpload_SavesNeither(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var shared = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            context.AddRange(
                new Member { Name = "Ada", Login = "ada", AvatarId = shared },
                new Member { Name = "Bob", Login = "ada", AvatarId = shared });
            var refused = await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            refused.Which.Error.Code.Should().Be(UploadErrorCodes.AttachedElsewhere);
        });

        (await host.GetAsync(shared)).Association.Should().BeNull();
        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Save_UnreadableUpload_SavesNothingAndNamesTheUpload()
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        var avatar = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            await context.Database.ExecuteSqlAsync($"UPDATE direct_uploads SET variants = '{{' WHERE id = {avatar.ToString()}");
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            (await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UnreadableRecordException>())
                .Which.Message.Should().Contain($"{avatar}");
        });

        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_WithoutProofOfOwner_NamesTheCallThatIsMissing(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var scan = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            context.Add(new Card { ScanId = scan });
            (await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<InvalidOperationException>())
                .Which.Message.Should().Contain("Card.ScanId").And.Contain("OwnedBy()").And.Contain("db.Uploads().Authorize(id, access)");
        });

        (await host.GetAsync(scan)).Association.Should().BeNull();
        (await host.RunAsync(context => context.Cards.CountAsync())).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_OtherRowFails_AttachesNothingAndCanBeRepeated(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Taken" });
            await context.SaveChangesAsync();
        });

        await host.RunAsync(async context =>
        {
            var twin = new Member { Name = "Taken", Login = "ada", AvatarId = avatar };
            context.Add(twin);
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();
            (await host.GetAsync(avatar)).Association.Should().BeNull();
            twin.Name = "Free";
            await context.SaveChangesAsync();
        });

        (await host.GetAsync(avatar)).Association.Should().NotBeNull();
    }
}
