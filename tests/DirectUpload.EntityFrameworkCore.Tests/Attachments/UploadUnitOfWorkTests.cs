using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>Uploads that are attached by a call, and queries of uploads.</summary>
public sealed class UploadUnitOfWorkTests
{
    private static readonly UploadAssociation Invoice = new("invoice", "42", "scan");

    public static TheoryData<string, string> Modes => SaveMode.All;

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Attach_WithoutChangedEntities_TakesEffectOnSave(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var id = await host.AddUploadAsync();

        await host.RunAsync(async context =>
        {
            context.Uploads().Attach(id, UploadAccess.Owner("ada"), Invoice, "photos");
            (await host.GetAsync(id)).Association.Should().BeNull();
            await SaveMode.SaveAsync(context, mode);
        });
        (await host.GetAsync(id)).Association.Should().Be(Invoice);

        await host.RunAsync(context =>
        {
            context.Uploads().Detach(id);
            return SaveMode.SaveAsync(context, mode);
        });
        var detached = await host.GetAsync(id);
        detached.Association.Should().BeNull();
        detached.AttachBy.Should().BeCloseTo(DateTimeOffset.UtcNow + GalleryHost.Retention, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Attach_WithReadToken_ProvesTheUpload(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (token, other) = (UploadToken.Create(), UploadToken.Create());
        var id = await host.AddUploadAsync(change: record => record with { Owner = null, ReadTokenHash = token.Hash() });

        await host.RunAsync(async context =>
        {
            context.Add(new Card { ScanId = id });
            context.Uploads().Authorize(id, other);
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            context.Uploads().Authorize(id, token);
            await context.SaveChangesAsync();
        });

        var card = await host.RunAsync(context => context.Cards.SingleAsync());
        (await host.GetAsync(id)).Association.Should().Be(new UploadAssociation("id-card", $"{card.Id}", "front"));
    }

    [Fact]
    public async Task Attach_PooledContext_IsNotSavedByTheNextRequest()
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        var id = await host.AddUploadAsync();
        GalleryContext? first = null;
        await host.RunAsync(context =>
        {
            (first = context).Uploads().Attach(id, UploadAccess.Owner("ada"), Invoice, "photos");
            return Task.CompletedTask;
        });

        await host.RunAsync(context =>
        {
            context.Should().BeSameAs(first, "the pool reuses it");
            return context.SaveChangesAsync();
        });

        (await host.GetAsync(id)).Association.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Attach_Refused_StaysRequestedUntilItIsCleared(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var id = await host.AddUploadAsync("eve");
        await host.RunAsync(async context =>
        {
            context.Uploads().Attach(id, UploadAccess.Owner("ada"), Invoice, "photos");
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            context.Uploads().Clear();
            await context.SaveChangesAsync();
        });
        (await host.GetAsync(id)).Association.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Query_Uploads_FiltersSortsAndJoins(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var start = DateTimeOffset.UtcNow;
        var (old, young) = (
            await host.AddUploadAsync(change: record => record with { CreatedAt = start.AddDays(-2), Size = 5 }),
            await host.AddUploadAsync());
        await host.AddUploadAsync("eve", record => record with { Status = UploadStatus.Failed, LastError = "Oops." });
        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = old });
            await context.SaveChangesAsync();
        });

        await host.RunAsync(async context =>
        {
            var uploads = context.Uploads().Query;
            (await uploads.Where(it => it.CreatedAt < start.AddDays(-1)).Select(it => it.Id).ToListAsync()).Should().Equal(old);
            (await uploads.Where(it => it.Owner == "ada").OrderByDescending(it => it.CreatedAt).Select(it => it.Id).ToListAsync())
                .Should().Equal(young, old);
            (await uploads.SingleAsync(it => it.Status == UploadStatus.Failed)).LastError.Should().Be("Oops.");
            (await uploads.GroupBy(it => it.Status).Select(it => new { it.Key, Count = it.Count() }).ToListAsync()).Should().HaveCount(2);
            var joined = await (from member in context.Members
                                join upload in uploads on member.AvatarId equals upload.Id
                                select new { member.Name, upload.Size, upload.AssociationKind, upload.AttachedAt }).SingleAsync();
            joined.Should().BeEquivalentTo(new { Name = "Ada", Size = 5L, AssociationKind = "avatar" });
            joined.AttachedAt.Should().BeOnOrAfter(start.AddSeconds(-1));
        });
    }

    [Fact]
    public async Task Model_ReadOnlyEntity_IsNeitherCreatedNorSaved()
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        await host.RunAsync(async context =>
        {
            var script = context.Database.GenerateCreateScript();
            script.Should().NotContain("VIEW");
            script.Split("CREATE TABLE \"direct_uploads\"").Should().HaveCount(2);
            await Task.CompletedTask;
        });
    }

    [Fact]
    public void Uploads_ContextThatIsNotRegistered_NamesTheMissingCall()
    {
        using var context = new GalleryContext(new DbContextOptionsBuilder<GalleryContext>().UseSqlite("Data Source=:memory:").Options);
        context.Invoking(it => it.Uploads()).Should().Throw<InvalidOperationException>()
            .WithMessage("*AddDirectUploads().UseEntityFrameworkCore<GalleryContext>()*");
    }
}
