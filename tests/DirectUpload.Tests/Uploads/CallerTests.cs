using System.Security.Claims;
using CsCheck;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Uploads;

public sealed class CallerTests
{
    [Theory]
    [InlineData("", "*has 0 characters*1 to 256*")]
    [InlineData("ada\0", "*U+0000*")]
    [InlineData("ada\r\nSet-Cookie: x", "*U+000D*")]
    [InlineData("ada\u202e", "*U+202E*")]
    [InlineData("ada\ufffe", "*U+FFFE*")]
    public void FindOwnerFault_UnusableOwner_SaysWhyAndNamesTheOption(string owner, string says)
    {
        var fault = new UploadCaller { Owner = owner }.FindOwnerFault();

        fault!.Reason.Should().Be(UploadErrorReason.NotAuthorized);
        fault.Detail.Should().Match(says).And.Contain("DirectUploadEndpointOptions.Owner");
    }

    [Fact]
    public void FindOwnerFault_HalfASurrogatePair_IsAFault() => new UploadCaller { Owner = "half " + '\uD83D' }.FindOwnerFault()!.Detail.Should().Contain("U+D83D");

    [Fact]
    public void FindOwnerFault_Lengths_Upto256()
    {
        new UploadCaller { Owner = new string('a', 256) }.FindOwnerFault().Should().BeNull();
        new UploadCaller { Owner = new string('a', 257) }.FindOwnerFault()!.Detail.Should().Contain("257");
    }

    [Fact]
    public void FindOwnerFault_NoOwner_OnlyWhereTheUserIsAuthenticated()
    {
        UploadCaller.Anonymous.FindOwnerFault().Should().BeNull();
        new UploadCaller { User = new ClaimsPrincipal(new ClaimsIdentity()) }.FindOwnerFault().Should().BeNull();
        new UploadCaller { User = new ClaimsPrincipal([new ClaimsIdentity(), new ClaimsIdentity([], "Negotiate")]) }.FindOwnerFault()!.Detail.Should().Contain("authenticated");
    }

    [Fact]
    public void What_the_client_says_of_itself_is_kept_as_far_as_it_can_be()
    {
        new UploadCaller { UserAgent = new string('a', 10_000) }.UserAgent.Should().HaveLength(512);
        new UploadCaller { UserAgent = new string('a', 511) + "😀" }.UserAgent.Should().EndWith("a\uFFFD", "half a pair is no text");
        new UploadCaller { RemoteAddress = "::1\0" }.RemoteAddress.Should().Be("::1\uFFFD");
        new UploadCaller { UserAgent = "Mozilla/5.0 (😀)" }.UserAgent.Should().Be("Mozilla/5.0 (😀)");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("ada\t\r\n", "ada\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u202eada", "\uFFFDada")]
    [InlineData("ada\ufffe", "ada\uFFFD")]
    [InlineData("عدا 日本 😀", "عدا 日本 😀")]
    public void Actor_HostileText_IsReplaced(string actor, string? kept) => new UploadCaller { Actor = actor }.Actor.Should().Be(kept);

    [Fact]
    public void Actor_AnyText_IsFitForEverySink() => Gen.Char.Array[0, 600].Sample(
        letters =>
        {
            var caller = new UploadCaller { Actor = new string(letters), RemoteAddress = new string(letters), UserAgent = new string(letters) };
            foreach (var kept in new[] { caller.Actor, caller.RemoteAddress, caller.UserAgent })
            {
                (kept ?? "-").Length.Should().BeInRange(1, 512);
                AuditText.FindUnfit(kept).Should().BeNull();
            }
        },
        iter: 2000);
}
