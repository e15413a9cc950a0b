using DirectUpload.Uploads;

namespace DirectUpload.Tests.Uploads;

public sealed class CallerTests
{
    [Theory]
    [InlineData("", "*0 characters*1 to 256*null*")]
    [InlineData("ada\0", "*U+0000*")]
    [InlineData("ada\r\nSet-Cookie: x", "*U+000D*")]
    public void An_id_that_no_store_need_keep_is_the_applications_error(string id, string says)
    {
        var owner = () => new UploadCaller { Owner = id };
        var actor = () => new UploadCaller { Actor = id };

        owner.Should().Throw<ArgumentException>().WithMessage(says).WithMessage("Owner *");
        actor.Should().Throw<ArgumentException>().WithMessage(says).WithMessage("Actor *");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_id()
    {
        var owner = () => new UploadCaller { Owner = "half " + '\uD83D' }; // an attribute's argument could not hold it

        owner.Should().Throw<ArgumentException>().WithMessage("*U+D83D*");
    }

    [Fact]
    public void An_id_has_at_most_256_characters()
    {
        var longer = () => new UploadCaller { Owner = new string('a', 257) };

        new UploadCaller { Owner = new string('a', 256) }.Owner.Should().HaveLength(256);
        longer.Should().Throw<ArgumentException>().WithMessage("*257*");
    }

    [Fact]
    public void What_the_client_says_of_itself_is_kept_as_far_as_it_can_be()
    {
        new UploadCaller { UserAgent = new string('a', 10_000) }.UserAgent.Should().HaveLength(512);
        new UploadCaller { UserAgent = new string('a', 511) + "😀" }.UserAgent.Should().EndWith("a\uFFFD", "half a pair is no text");
        new UploadCaller { RemoteAddress = "::1\0" }.RemoteAddress.Should().Be("::1\uFFFD");
        new UploadCaller { UserAgent = "Mozilla/5.0 (😀)" }.UserAgent.Should().Be("Mozilla/5.0 (😀)");
    }
}
