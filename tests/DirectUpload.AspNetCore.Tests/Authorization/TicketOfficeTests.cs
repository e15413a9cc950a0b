using DirectUpload.AspNetCore.Uppy;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class TicketOfficeTests
{
    private const string Mapping = " /uppy";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-23T09:00:00Z"));
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly UploadCaller _ada = new() { Owner = "ada", Actor = "her clerk" };

    private UploadId Id => UploadId.New(_clock.GetUtcNow());

    [Fact]
    public void Read_OwnTicket_SaysWhoMayDoWhat()
    {
        var (office, id) = (Office(), Id);

        var read = office.Read(office.Write(office.New(Mapping, S3Call.Create, id, _ada) with { FileName = "a.png", Limits = new() { MaxSize = 7 } }), Mapping, S3Call.Create)!;

        (read.Id, read.Owner, read.Actor, read.FileName, read.Limits!.MaxSize).Should().Be((id.ToString(), "ada", "her clerk", "a.png", 7L));
    }

    [Fact]
    public void Read_AfterTenMinutes_IsNone()
    {
        var office = Office();
        var ticket = office.Write(office.New(Mapping, S3Call.List, Id, _ada));

        _clock.Advance(TimeSpan.FromSeconds(599));
        office.Read(ticket, Mapping, S3Call.List).Should().NotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        office.Read(ticket, Mapping, S3Call.List).Should().BeNull();
    }

    [Fact]
    public void Read_AnyOtherContext_IsNone()
    {
        foreach (var call in Enum.GetValues<S3Call>())
        {
            var ticket = Office().Write(Office().New(Mapping, call, Id, _ada) with { Limits = new() });
            Office().Read(ticket, Mapping, call).Should().NotBeNull();
            foreach (var other in Enum.GetValues<S3Call>().Where(other => other != call))
                Office().Read(ticket, Mapping, other).Should().BeNull();
            Office().Read(ticket, " /uppy2", call).Should().BeNull();
            Office("film").Read(ticket, Mapping, call).Should().BeNull();
            new TicketOffice(new EphemeralDataProtectionProvider(), "docs", _clock).Read(ticket, Mapping, call).Should().BeNull("it is another application's");
        }
    }

    [Fact]
    public void Read_CreateWithoutAnAuthorizersAnswer_IsNone() =>
        Office().Read(Office().Write(Office().New(Mapping, S3Call.Create, Id, _ada)), Mapping, S3Call.Create).Should().BeNull();

    [Fact]
    public void TryOpenKey_SealedKey_IsReadByItsProfileAlone()
    {
        var id = Id;
        var key = Office().SealKey(id);

        key.Length.Should().BeLessThan(1024);
        (Office().TryOpenKey(key, out var opened), opened).Should().Be((true, id));
        Office("film").TryOpenKey(key, out _).Should().BeFalse();
        foreach (var other in new[] { "", "sealed.", "sealed.AAAA", "sealed.!", key[..^2], id.ToString() })
            Office().TryOpenKey(other, out _).Should().BeFalse();
    }

    private TicketOffice Office(string profile = "docs") => new(_keys, profile, _clock);
}
