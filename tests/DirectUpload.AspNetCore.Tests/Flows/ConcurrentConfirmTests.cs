

namespace DirectUpload.AspNetCore.Tests.Flows;

public abstract class ConcurrentConfirmTests(S3ServerFixture server) : FlowTests(server)
{
    [Fact]
    public async Task Confirm_64AtOnce_ProcessOnceAndReturnTheSameAnswer()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Client.ConfirmAsync(grant)));

        answers.Should().OnlyContain(answer => answer.Code == 200);
        answers.Select(answer => answer.Text).Distinct().Should().ContainSingle();
        (await KeysOfAsync(grant)).Where(key => key.StartsWith("picture/", StringComparison.Ordinal)).Should().ContainSingle();
        var record = await App.RecordAsync(grant.Id);
        record.Attempts.Should().Be(1);
        (await Client.StatusAsync(grant)).Text.Should().Be(answers[0].Text);
    }

    [Fact]
    public async Task Confirm_64AtOnceOfAMismatch_AllReportTheMismatch()
    {
        var grant = await UploadedAsync(TestFiles.Executable());
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Client.ConfirmAsync(grant)));
        answers.Select(answer => (answer.Code, Detail: answer["detail"])).Distinct().Should().ContainSingle().Which.Code.Should().Be(422);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Confirm_RacingADeletion_LeavesNoObject()
    {
        for (var round = 0; round < 10; round++)
        {
            var grant = await UploadedAsync(TestFiles.Png());
            var confirms = Enumerable.Range(0, 4).Select(_ => Client.ConfirmAsync(grant)).ToArray();
            var deletion = Client.DeleteAsync(grant);
            var answers = await Task.WhenAll(confirms);
            (await deletion).ShouldBe(204);

            answers.Should().OnlyContain(answer => answer.Code == 200 || answer.Code == 409, "ready before it, or ended by it");
            (await Client.StatusAsync(grant))["status"].Should().BeOneOf("aborted", "deleted");
            (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
            (await KeysOfAsync(grant)).Should().BeEmpty();
        }
    }
}
