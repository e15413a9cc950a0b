using System.Security.Claims;
using CsCheck;
using DirectUpload.Primitives;

namespace DirectUpload.Tests.Primitives;

public sealed class UploadCallerTests
{
    [Theory]
    [InlineData("", "*has 0 characters*1 to 256*")]
    [InlineData("ada\0", "*U+0000*")]
    [InlineData("ada\r\nSet-Cookie: x", "*U+000D*")]
    [InlineData("ada\u202e", "*U+202E*")]
    [InlineData("ada\ufffe", "*U+FFFE*")]
    public void FindOwnerError_UnusableOwner_NamesReasonAndOption(string owner, string says)
    {
        var fault = new UploadCaller { Owner = owner }.FindOwnerError();

        fault!.Code.Should().Be(UploadErrorCodes.NotAuthorized);
        fault.Message.Should().Match(says).And.Contain("DirectUploadEndpointOptions.OwnerResolver");
    }

    [Fact]
    public void FindOwnerError_UnpairedSurrogate_IsAnError() =>
        new UploadCaller { Owner = "half " + '\uD83D' }.FindOwnerError()!.Message.Should().Contain("U+D83D");

    [Fact]
    public void FindOwnerError_Length_AllowsUpTo256()
    {
        new UploadCaller { Owner = new string('a', 256) }.FindOwnerError().Should().BeNull();
        new UploadCaller { Owner = new string('a', 257) }.FindOwnerError()!.Message.Should().Contain("257");
    }

    [Fact]
    public void FindOwnerError_NoOwner_FailsOnlyIfAuthenticated()
    {
        UploadCaller.Anonymous.FindOwnerError().Should().BeNull();
        new UploadCaller { User = new ClaimsPrincipal(new ClaimsIdentity()) }.FindOwnerError().Should().BeNull();
        new UploadCaller { User = new ClaimsPrincipal([new ClaimsIdentity(), new ClaimsIdentity([], "Negotiate")]) }
            .FindOwnerError()!.Message.Should().Contain("authenticated");
    }

    [Fact]
    public void UserAgentAndRemoteAddress_Unsafe_AreSanitized()
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
    public void Actor_UnsafeCharacters_AreReplaced(string actor, string? kept) =>
        new UploadCaller { Actor = actor }.Actor.Should().Be(kept);

    [Fact]
    public void Actor_AnyText_IsSafeToLogAndStore() => Gen.Char.Array[0, 600].Sample(
        letters =>
        {
            var caller =
                new UploadCaller { Actor = new string(letters), RemoteAddress = new string(letters), UserAgent = new string(letters) };
            foreach (var kept in new[] { caller.Actor, caller.RemoteAddress, caller.UserAgent })
            {
                (kept ?? "-").Length.Should().BeInRange(1, 512);
                AuditText.FindInvalidCharacter(kept).Should().BeNull();
            }
        },
        iter: 2000);
}
