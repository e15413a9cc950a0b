using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Tests.Contract;

public sealed class MapDirectUploadsTests
{
    [Fact]
    public async Task Map_WithoutAStore_FailsAtStartAndNamesTheCalls()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options => options.Bucket = "uploads");
        await using var app = builder.Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<OptionsValidationException>()
            .WithMessage("*AddDirectUploads()*UseInMemoryStore()*");
    }

    [Fact]
    public async Task Map_NothingRegistered_NamesTheRegistration()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<InvalidOperationException>()
            .WithMessage("*AddDirectUploads()*UseInMemoryStore()*");
    }

    [Fact]
    public async Task Map_InvalidOptions_NamesTheOption()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options => options.AddProfile("picture", _ => { })).UseInMemoryStore();
        await using var app = builder.Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<OptionsValidationException>()
            .WithMessage("*picture*ContentTypes is empty*Bucket*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Map_InvalidEndpointOptions_NamesEachError(int limit)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = "uploads";
            options.AddProfile("picture", profile => profile.ContentTypes.Add("image/*"));
        }).UseInMemoryStore();
        await using var app = builder.Build();

        var map = () => app.MapDirectUploads("/uploads", options =>
        {
            options.Profiles.Add("avatar");
            options.PublicBaseAddress = new Uri("/app", UriKind.Relative);
            (options.MaxEventStreamsPerUpload, options.MaxEventStreamsPerOwner, options.MaxAnonymousEventStreams) = (limit, limit, limit);
        });

        map.Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(
            "MapDirectUploads(\"/uploads\"): Profiles names \"avatar\", but the application has no such profile; there are: picture.",
            "MapDirectUploads(\"/uploads\"): PublicBaseAddress is \"/app\"; write it absolute and without a query, "
                + "such as \"https://app.example.com\".",
            $"MapDirectUploads(\"/uploads\"): MaxEventStreamsPerUpload is {limit}; set it between 1 and 10000.",
            $"MapDirectUploads(\"/uploads\"): MaxEventStreamsPerOwner is {limit}; set it between 1 and 10000.",
            $"MapDirectUploads(\"/uploads\"): MaxAnonymousEventStreams is {limit}; set it between 1 and 10000.");
    }
}
