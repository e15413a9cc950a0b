using DirectUpload.AspNetCore.Uppy;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class Tickets
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-23T09:00:00Z"));
    private readonly UploadCaller _ada = new() { Owner = "ada", Actor = "her clerk" };

    private TicketOffice Office => new(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void Say_who_may_do_what()
    {
        var office = Office;
        var id = UploadId.New(_clock.GetUtcNow());

        var read = office.Read(office.Write(office.New(S3Call.Create, id, _ada) with { FileName = "a.png" }), S3Call.Create)!;

        (read.Id, read.Owner, read.Actor, read.FileName).Should().Be((id.ToString(), "ada", "her clerk", "a.png"));
    }

    [Fact]
    public void End_after_ten_minutes()
    {
        var office = Office;
        var ticket = office.Write(office.New(S3Call.List, UploadId.New(_clock.GetUtcNow()), _ada));

        _clock.Advance(TimeSpan.FromSeconds(599));
        office.Read(ticket, S3Call.List).Should().NotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        office.Read(ticket, S3Call.List).Should().BeNull();
    }

    [Fact]
    public void Of_another_application_are_none() =>
        Office.Read(Office.Write(Office.New(S3Call.List, UploadId.New(_clock.GetUtcNow()), _ada)), S3Call.List).Should().BeNull();
}
