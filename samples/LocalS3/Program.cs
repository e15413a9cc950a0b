using DirectUpload.LocalS3;
using LocalS3Sample;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

if (args.Any(arg => arg is "--help" or "-h" or "-?"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}
if (!CommandLine.TryParse(args, out var commandLine, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine("Run with --help to list the options.");
    return 2;
}

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning)
    // The code below reports a failed start in one line.
    .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
builder.Services.AddLocalS3(options =>
{
    commandLine.Apply(options);
    // A user who starts this program wants LocalS3, in every environment.
    options.AllowInProduction = true;
});
using var host = builder.Build();

try
{
    await host.StartAsync();
}
catch (OptionsValidationException e)
{
    foreach (var failure in e.Failures)
        Console.Error.WriteLine(failure);
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

var settings = host.Services.GetRequiredService<IOptions<LocalS3Options>>().Value;
Console.WriteLine($"""
    endpoint    {host.Services.GetRequiredService<LocalS3Server>().Endpoint.GetLeftPart(UriPartial.Authority)}   (path style)
    access key  {settings.AccessKey}
    secret key  {settings.SecretKey}
    region      {settings.Region}
    bucket      {string.Join(", ", settings.Buckets)}
    data        {Path.GetFullPath(settings.DataDirectory)}
    """);
await host.WaitForShutdownAsync();
return 0;
