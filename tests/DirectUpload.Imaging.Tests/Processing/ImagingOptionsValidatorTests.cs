using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Imaging.Tests.Processing;

public sealed class ImagingOptionsValidatorTests
{
    [Fact]
    public void Options_OfTheConfiguration_AreBoundAndOverriddenInCode()
    {
        var options = Create(
            new() { ["DirectUploads:Imaging:MaxProcesses"] = "7", ["DirectUploads:Imaging:Timeout"] = "00:00:05" },
            it => it.MaxProcesses = 3);

        (options.MaxProcesses, options.Timeout).Should().Be((3, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("DirectUploads:Imaging:MaxProcesses", "0", "*MaxProcesses is 0*")]
    [InlineData("DirectUploads:Imaging:MemoryLimit", "1000", "*MemoryLimit is 1000*")]
    [InlineData("DirectUploads:Imaging:Timeout", "00:00:00", "*Timeout is 00:00:00*")]
    [InlineData("DirectUploads:Imaging:MaxProcess", "1", "*did you mean \"MaxProcesses\"*")]
    public void Options_Invalid_Throw(string key, string value, string message)
    {
        var create = () => Create(new() { [key] = value });

        create.Should().Throw<OptionsValidationException>().WithMessage(message);
    }

    private static ImagingOptions Create(Dictionary<string, string?> settings, Action<ImagingOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddDirectUploads().AddImaging(configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ImagingOptions>>().Value;
    }
}
