using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientListTests
{
    private static readonly FileUploadAssociation Photo = new("album", "7: süß & 100%", "photo");

    [Fact]
    public async Task List_SignedInOwner_ReturnsAllPagesNewestFirst()
    {
        await using var stage = await StartAsync();
        var (ada, bob) = (CreateClient(stage, "ada"), CreateClient(stage, "bob"));
        await UploadAsync(bob);
        var results = new List<FileUploadResult>();
        for (var number = 0; number < 103; number++)
            results.Add(await UploadAsync(ada));

        var listed = await ada.ListAsync().ToListAsync();

        listed.Select(upload => upload.Id).Should().Equal(results.Select(result => result.Id).OrderDescending(StringComparer.Ordinal));
        listed.Should().OnlyContain(upload => upload.Status == FileUploadStatus.Ready && upload.Profile == "put");
        listed.Single(upload => upload.Id == results[0].Id).ContentUrl.Should().Be(results[0].ContentUrl);
    }

    [Fact]
    public async Task List_Association_ReturnsThoseOfTheEntity()
    {
        await using var stage = await StartAsync();
        var ada = CreateClient(stage, "ada");
        var photo = await UploadAsync(ada, Photo);
        var cover = await UploadAsync(ada, Photo with { Kind = "cover" });
        await UploadAsync(ada, Photo with { Id = "8" });
        await UploadAsync(ada);

        var listed = await ada.ListAsync(Photo).ToListAsync();
        listed.Select(upload => (upload.Id, upload.Association)).Should().Equal((photo.Id, Photo));
        (await ada.ListAsync(Photo with { Kind = null }).Select(upload => upload.Id).ToListAsync())
            .Should().BeEquivalentTo(photo.Id, cover.Id);
        (await stage.GetRecordAsync(photo.Id)).Association.Should().Be(new UploadAssociation(Photo.Type, Photo.Id, Photo.Kind));
    }

    [Fact]
    public async Task List_WithoutSignIn_Throws()
    {
        await using var stage = await StartAsync();
        var failure = await CreateClient(stage, null).Awaiting(it => it.ListAsync().ToListAsync().AsTask())
            .Should().ThrowAsync<DirectUploadException>();
        failure.Which.Code.Should().Be("unauthorized");
    }

    private static Task<TestEnvironment> StartAsync() => TestEnvironment.StartAsync(new TestEnvironmentOptions
    {
        ConfigureServices = services => services.AddSingleton<IStartupFilter, UserFilter>(),
    });

    private static DirectUploadClient CreateClient(TestEnvironment stage, string? user) => stage.CreateClient(
        register: services => services.ConfigureHttpClientDefaults(http => http.ConfigureHttpClient(client =>
        {
            if (user is not null)
                client.DefaultRequestHeaders.Add("Test-User", user);
        })));

    private static Task<FileUploadResult> UploadAsync(DirectUploadClient client, FileUploadAssociation? association = null) =>
        client.UploadAsync(
            FileUploadSource.FromStream(new MemoryStream([1, 2, 3])), TestData.CreateRequest("put") with { Association = association });

    /// <summary>Signs in the user that the header names.</summary>
    private sealed class UserFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                if (context.Request.Headers["Test-User"].ToString() is { Length: > 0 } user)
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "Test"));
                return rest(context);
            });
            next(app);
        };
    }
}
