using DirectUpload.DependencyInjection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>Finds every error in a webhook's options. Each message names the option, its value and the correction.</summary>
internal sealed class WebhookOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<WebhookOptions>
{
    public const string Section = "DirectUploads:Webhooks";

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        string[] errors = [.. FindErrors(options).Select(error => $"Webhook \"{name}\": {error}"), .. configuration is null
            ? []
            : KnownKeys.Of<WebhookOptions>().FindErrors(configuration.GetSection($"{Section}:{name}"))];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> FindErrors(WebhookOptions options)
    {
        if (options.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"Url is {(options.Url is null ? "not set" : $"\"{options.Url}\"")}; set the absolute https address that " +
                "receives notifications.";
        else if (options.Url.UserInfo.Length > 0)
            yield return "Url contains a password; remove it. Messages are signed with Secrets instead.";
        if (options.Secrets.Count == 0 || !options.Secrets.All(secret => WebhookSecret.TryDecode(secret, out _)))
            yield return "Secrets must contain at least one secret: \"whsec_\" and the base64 of 24 to 64 random bytes. Call " +
                "WebhookSecret.Create() to create one.";
        foreach (var error in OptionBounds.FindErrors(options))
            yield return error;
    }
}
