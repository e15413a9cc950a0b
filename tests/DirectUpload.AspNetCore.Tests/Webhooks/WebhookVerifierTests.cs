using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Webhooks;

public sealed class WebhookVerifierTests
{
    // The specification's own example.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Time = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1614265330));

    [Theory]
    [InlineData(Right)]
    [InlineData("v1,AAAA " + Right)]
    [InlineData(Right + " v2,AAAA")]
    public void Verify_ExampleOfTheSpecification_Succeeds(string signatures) => IsGenuine(signature: signatures).Should().BeTrue();

    [Theory]
    [InlineData(Id, Time, "v1,AAAA", Body)]
    [InlineData(Id, Time, "", Body)]
    [InlineData(Id, Time, null, Body)]
    [InlineData(null, Time, Right, Body)]
    [InlineData(Id, null, Right, Body)]
    [InlineData("another", Time, Right, Body)]
    [InlineData(Id, "1614265331", Right, Body)]
    [InlineData(Id, "+1614265330", Right, Body)]
    [InlineData(Id, "99999999999999999999", Right, Body)]
    [InlineData(Id, "-9223372036854775808", Right, Body)]
    [InlineData(Id, Time, Right, Body + " ")]
    [InlineData(Id, Time, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Body)]
    [InlineData(Id, Time, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Body)]
    public void Verify_Altered_Fails(string? id, string? time, string? signature, string body) =>
        IsGenuine(id, time, signature, body).Should().BeFalse();

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Verify_OldOrFutureTimestamp_Fails(int seconds, bool genuine)
    {
        _clock.AdjustTime(_clock.GetUtcNow().AddSeconds(seconds));

        IsGenuine().Should().Be(genuine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    public void Constructor_WithoutASecret_Throws(string secret) =>
        FluentActions.Invoking(() => new WebhookVerifier(secret)).Should().Throw<ArgumentException>();

    [Fact]
    public void AddWebhook_InvalidOptions_NamesTheRemedy()
    {
        var add = (Action<WebhookOptions> configure) => FluentActions.Invoking(() =>
        {
            var services = new ServiceCollection();
            services.AddDirectUploads().AddWebhook(configure);
            using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().Get("webhook");
        }).Should().Throw<OptionsValidationException>();

        add(o => o.Secrets.Add(Secret)).WithMessage("*Url is not set*");
        add(o => (o.Url, _) = (new("/hook", UriKind.Relative), 0)).WithMessage("*Url is \"/hook\"*absolute*");
        add(o => (o.Url, _) = (new("https://a:b@example.com"), 0)).WithMessage("*password*Secrets*");
        add(o => (o.Url, _) = (new("https://example.com"), 0)).WithMessage("*WebhookSecret.Create()*");
        add(o =>
        {
            o.Url = new("https://example.com");
            o.Secrets.Add(Secret);
            o.Timeout = TimeSpan.Zero;
        }).WithMessage("*Timeout is 00:00:00*");
    }

    private bool IsGenuine(string? id = Id, string? time = Time, string? signature = Right, string body = Body)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in new[] { ("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", signature) })
        {
            if (value is not null)
                headers[name] = value;
        }

        return new WebhookVerifier(Secret, _clock).Verify(headers, Encoding.UTF8.GetBytes(body));
    }
}
