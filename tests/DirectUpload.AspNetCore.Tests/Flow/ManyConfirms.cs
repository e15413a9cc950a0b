namespace DirectUpload.AspNetCore.Tests.Flow;

public abstract class ManyConfirms(S3ServerFixture server) : FlowSuite(server)
{
    [Fact]
    public async Task Sixty_four_confirms_at_once_all_get_the_one_answer_and_the_work_is_done_once()
    {
        var grant = await UploadedAsync(Bytes.Png());
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Client.ConfirmAsync(grant)));

        answers.Should().OnlyContain(answer => answer.Code == 200);
        answers.Select(answer => answer.Text).Distinct().Should().ContainSingle();
        (await KeysOfAsync(grant)).Where(key => key.StartsWith("picture/", StringComparison.Ordinal)).Should().ContainSingle();
        var record = await App.RecordAsync(grant.Id);
        record.Attempts.Should().Be(1);
        (await Client.StatusAsync(grant)).Text.Should().Be(answers[0].Text);
    }

    [Fact]
    public async Task Sixty_four_confirms_of_a_mismatch_all_say_mismatch()
    {
        var grant = await UploadedAsync(Bytes.Program());
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Client.ConfirmAsync(grant)));
        answers.Select(answer => (answer.Code, Detail: answer["detail"])).Distinct().Should().ContainSingle().Which.Code.Should().Be(422);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Confirms_racing_a_deletion_leave_no_object_behind()
    {
        for (var round = 0; round < 10; round++)
        {
            var grant = await UploadedAsync(Bytes.Png());
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
