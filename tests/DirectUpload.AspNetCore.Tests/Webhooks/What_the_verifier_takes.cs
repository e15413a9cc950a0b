using System.Text;
using DirectUpload.AspNetCore.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Webhooks;

public sealed class What_the_verifier_takes
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
    public void The_example_of_the_specification(string signatures) => IsGenuine(signature: signatures).Should().BeTrue();

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
    public void Nothing_that_was_changed(string? id, string? time, string? signature, string body) => IsGenuine(id, time, signature, body).Should().BeFalse();

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Nothing_that_is_old_or_of_the_future(int seconds, bool genuine)
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
    public void Is_made_with_a_secret_only(string secret) => FluentActions.Invoking(() => new WebhookVerifier(secret)).Should().Throw<ArgumentException>();

    [Fact]
    public void A_webhook_that_is_set_up_wrongly_says_what_to_do()
    {
        var add = (Action<WebhookOptions> configure) => FluentActions.Invoking(() => new ServiceCollection().AddDirectUploads().AddWebhook(configure)).Should().Throw<ArgumentException>();

        add(o => o.Secrets.Add(Secret)).WithMessage("*Url is not set*");
        add(o => (o.Url, _) = (new("/hook", UriKind.Relative), 0)).WithMessage("*Url is \"/hook\"*absolute*");
        add(o => (o.Url, _) = (new("https://a:b@example.com"), 0)).WithMessage("*password*Secrets*");
        add(o => (o.Url, _) = (new("https://example.com"), 0)).WithMessage("*WebhookSecret.New()*");
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

        return new WebhookVerifier(Secret, _clock).IsGenuine(headers, Encoding.UTF8.GetBytes(body));
    }
}
