using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>Transactions of the application: what is rolled back was never attached, what is committed never expires.</summary>
public sealed class AttachTransactionTests
{
    public static TheoryData<string, string> Modes => new MatrixTheoryData<string, string>(
        ["sqlite", "postgres", "postgres with retries"], ["in a transaction", "sync in a transaction"]);

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Rollback_AfterSave_AttachesNothing(string database, string mode)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (avatar, replaced) = (await host.AddUploadAsync(), await host.AddUploadAsync());
        var id = await host.RunAsync(async context =>
        {
            var member = new Member { Name = "Ada", Login = "ada", AvatarId = replaced };
            context.Add(member);
            await context.SaveChangesAsync();
            return member.Id;
        });
        var before = (await host.GetAsync(avatar), await host.GetAsync(replaced));

        await host.RunAsync(async context =>
        {
            (await context.Members.SingleAsync(member => member.Id == id)).AvatarId = avatar;
            await SaveMode.InTransactionAsync(context, mode, commit: false);
        });

        (await host.GetAsync(avatar)).Should().BeEquivalentTo(before.Item1);
        (await host.GetAsync(replaced)).Should().BeEquivalentTo(before.Item2);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Uncommitted_Attachment_IsInvisibleToOthers(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var avatar = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            await context.SaveChangesAsync();
            if (database == "postgres")
                (await host.GetAsync(avatar)).Association.Should().BeNull();
            await transaction.CommitAsync();
        });
        (await host.GetAsync(avatar)).Association.Should().NotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TransactionScope_Completed_DecidesOverAttachment(bool complete)
    {
        await using var host = await GalleryHost.StartAsync("postgres");
        var avatar = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            await context.SaveChangesAsync();
            if (complete)
                scope.Complete();
        });

        (await host.GetAsync(avatar)).Association.Should().Match<UploadAssociation?>(it => it != null == complete);
        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(complete ? 1 : 0);
    }

    [Theory]
    [InlineData(AutoTransactionBehavior.Never)]
    [InlineData(AutoTransactionBehavior.WhenNeeded)]
    public async Task Save_AutoTransactionBehavior_StaysAsItWas(AutoTransactionBehavior behavior)
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        var (avatar, foreign) = (await host.AddUploadAsync(), await host.AddUploadAsync("eve"));
        await host.RunAsync(async context =>
        {
            context.Database.AutoTransactionBehavior = behavior;
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            await context.SaveChangesAsync();
            context.Database.AutoTransactionBehavior.Should().Be(behavior);
            context.Add(new Member { Name = "Eve", Login = "ada", AvatarId = foreign });
            await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<UploadAttachmentException>();
            context.Database.AutoTransactionBehavior.Should().Be(behavior);
        });
        (await host.RunAsync(context => context.Members.CountAsync())).Should().Be(1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Save_TwiceInOneTransaction_AttachesBoth(string database)
    {
        await using var host = await GalleryHost.StartAsync(database);
        var (one, other) = (await host.AddUploadAsync(), await host.AddUploadAsync());
        await host.RunAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            var member = new Member { Name = "Ada", Login = "ada", AvatarId = one };
            context.Add(member);
            await context.SaveChangesAsync();
            member.AvatarId = other;
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        });
        (await host.GetAsync(one)).Association.Should().BeNull();
        (await host.GetAsync(other)).Association.Should().NotBeNull();
    }

    [Theory]
    [InlineData("throws", false)]
    [InlineData("throws", true)]
    [InlineData("suppresses", false)]
    [InlineData("suppresses", true)]
    public async Task Save_PreventedByAnotherInterceptor_AttachesNothing(string behavior, bool inTransaction)
    {
        await using var host = await GalleryHost.StartAsync("sqlite");
        var avatar = await host.AddUploadAsync();
        await host.RunAsync(async context =>
        {
            context.Add(new Member { Name = "Ada", Login = "ada", AvatarId = avatar });
            host.Hook.Saving.OnSaving = () =>
                behavior == "throws" ? throw new NotSupportedException() : InterceptionResult<int>.SuppressWithResult(0);
            await using (var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null)
            {
                if (behavior == "throws")
                    await context.Awaiting(it => it.SaveChangesAsync()).Should().ThrowAsync<NotSupportedException>();
                else
                    await context.SaveChangesAsync();
                if (transaction is not null)
                    await transaction.CommitAsync();
            }

            host.Hook.Saving.OnSaving = null;
            // A later transaction of the same context, for something else.
            await using (var other = await context.Database.BeginTransactionAsync())
                await other.CommitAsync();
            (await host.GetAsync(avatar)).Association.Should().BeNull();

            await context.SaveChangesAsync();
            context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.WhenNeeded);
        });

        (await host.GetAsync(avatar)).Association.Should().NotBeNull();
    }
}
