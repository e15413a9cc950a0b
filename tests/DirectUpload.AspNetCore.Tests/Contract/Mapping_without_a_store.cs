using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Tests.Contract;

public sealed class Mapping_without_a_store
{
    [Fact]
    public async Task Fails_at_start_and_names_the_calls()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options => options.Bucket = "uploads");
        await using var app = builder.Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<OptionsValidationException>()
            .WithMessage("*AddDirectUploads()*UseInMemoryStore()*");
    }

    [Fact]
    public async Task And_without_any_registration_says_what_to_register()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<InvalidOperationException>()
            .WithMessage("*AddDirectUploads()*UseInMemoryStore()*");
    }

    [Fact]
    public async Task And_with_options_that_cannot_work_names_the_option()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options => options.AddProfile("picture", _ => { })).UseInMemoryStore();
        await using var app = builder.Build();
        app.Invoking(host => host.MapDirectUploads("/uploads")).Should().Throw<OptionsValidationException>()
            .WithMessage("*picture*ContentTypes is empty*Bucket*");
    }
}
