using DirectUpload.AspNetCore.Uppy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Uppy;

public sealed class UploadTicketProtectorTests
{
    private const string Mapping = " /uppy";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-23T09:00:00Z"));
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly UploadCaller _ada = new() { Owner = "ada", Actor = "her clerk" };

    private UploadId Id => UploadId.Create(_clock.GetUtcNow());

    [Fact]
    public void Read_OwnTicket_ReturnsItsContents()
    {
        var (office, id) = (Office(), Id);

        var read = office.TryUnprotect(
            office.Protect(
                office.Create(Mapping, S3Operation.Create, id, _ada) with { FileName = "a.png", Authorization = new() { MaxSize = 7 } }),
            Mapping, S3Operation.Create)!;

        (read.Id, read.Owner, read.Actor, read.FileName, read.Authorization!.MaxSize)
            .Should().Be((id.ToString(), "ada", "her clerk", "a.png", 7L));
    }

    [Fact]
    public void Read_AfterTenMinutes_ReturnsNull()
    {
        var office = Office();
        var ticket = office.Protect(office.Create(Mapping, S3Operation.List, Id, _ada));

        _clock.Advance(TimeSpan.FromSeconds(599));
        office.TryUnprotect(ticket, Mapping, S3Operation.List).Should().NotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        office.TryUnprotect(ticket, Mapping, S3Operation.List).Should().BeNull();
    }

    [Fact]
    public void Read_OtherContext_ReturnsNull()
    {
        foreach (var call in Enum.GetValues<S3Operation>())
        {
            var ticket = Office().Protect(Office().Create(Mapping, call, Id, _ada) with { Authorization = new() });
            Office().TryUnprotect(ticket, Mapping, call).Should().NotBeNull();
            foreach (var other in Enum.GetValues<S3Operation>().Where(other => other != call))
                Office().TryUnprotect(ticket, Mapping, other).Should().BeNull();
            Office().TryUnprotect(ticket, " /uppy2", call).Should().BeNull();
            Office("film").TryUnprotect(ticket, Mapping, call).Should().BeNull();
            new UploadTicketProtector(new EphemeralDataProtectionProvider(), "docs", _clock).TryUnprotect(ticket, Mapping, call)
                .Should().BeNull("it is another application's");
        }
    }

    [Fact]
    public void Read_CreateWithoutAuthorizerAnswer_ReturnsNull() =>
        Office().TryUnprotect(Office().Protect(Office().Create(Mapping, S3Operation.Create, Id, _ada)), Mapping, S3Operation.Create)
            .Should().BeNull();

    [Fact]
    public void TryOpenKey_SealedKey_OpensForItsProfileOnly()
    {
        var id = Id;
        var key = Office().ProtectKey(id);

        key.Length.Should().BeLessThan(1024);
        (Office().TryUnprotectKey(key, out var opened), opened).Should().Be((true, id));
        Office("film").TryUnprotectKey(key, out _).Should().BeFalse();
        foreach (var other in new[] { "", "sealed.", "sealed.AAAA", "sealed.!", key[..^2], id.ToString() })
            Office().TryUnprotectKey(other, out _).Should().BeFalse();
    }

    private UploadTicketProtector Office(string profile = "docs") => new(_keys, profile, _clock);
}
