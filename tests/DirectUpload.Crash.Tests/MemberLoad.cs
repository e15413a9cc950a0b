namespace DirectUpload.Crash.Tests;

/// <summary>One client that creates, changes, rolls back and deletes its members, and knows what they must refer to.</summary>
internal sealed class MemberLoad(RetryingClient client, string name, Random random)
{
    private readonly Dictionary<string, MemberUploads> _members = [];
    private readonly Dictionary<UploadId, string> _texts = [];
    private int _created;

    public IReadOnlyDictionary<string, MemberUploads> Members => _members;

    public IReadOnlyDictionary<UploadId, string> Texts => _texts;

    public int Uploads => _texts.Count;

    public async Task StepAsync()
    {
        var member = _members.Count == 0 || random.Next(4) == 0
            ? $"{name}-{++_created}"
            : _members.Keys.ElementAt(random.Next(_members.Count));
        switch (random.Next(8))
        {
            case 0:
                await client.DeleteMemberAsync(member);
                _members.Remove(member);
                break;
            case 1:
                await UploadAsync(); // and never attach it
                break;
            case 2:
                await SaveAsync(member, await ChangeAsync(member), "roll back");
                break;
            case 3 or 4:
                await SaveAsync(member, await ChangeAsync(member), "commit");
                break;
            default:
                await SaveAsync(member, await ChangeAsync(member), "save");
                break;
        }
    }

    public async Task SaveAsync(string member, MemberUploads uploads, string how)
    {
        (await client.SaveMemberAsync(member, uploads, how)).Should().BeNull(
            $"{member} refers to uploads that are ready, its own and attached nowhere else");
        if (how != "roll back")
            _members[member] = uploads;
    }

    public async Task DeleteAsync(string member)
    {
        await client.DeleteMemberAsync(member);
        _members.Remove(member);
    }

    public async Task<UploadId> UploadAsync()
    {
        var granted = await client.RequestAsync("avatar", $"{name} {random.Next()}");
        await client.SendAsync(granted);
        (await client.ConfirmAsync(granted)).Should().Be("ready");
        _texts[granted.Id] = granted.Text;
        return granted.Id;
    }

    private async Task<MemberUploads> ChangeAsync(string member)
    {
        var now = _members.GetValueOrDefault(member) ?? MemberUploads.None;
        var photos = now.Photos.OrderBy(_ => random.Next()).Take(random.Next(4)).ToList();
        if (random.Next(2) == 0)
            photos.Insert(0, await UploadAsync());
        return random.Next(3) switch
        {
            0 => now with { Photos = photos },
            1 => new(await UploadAsync(), photos),
            _ => new(random.Next(3) == 0 ? null : await UploadAsync(), now.Photos),
        };
    }
}
