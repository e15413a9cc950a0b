using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Merges the status transitions of many uploads into one sequence, and advances the client's position.</summary>
internal sealed class UploadEventFeed(IDirectUploadService uploads, EventCursor cursor, CancellationToken ending)
{
    /// <summary>The maximum number of uploads in one stream.</summary>
    public const int MaxUploads = 100;

    private static readonly TimeSpan ListInterval = TimeSpan.FromSeconds(2);

    // All changes of the state below are made by the one reader of the channel, in the order of its items.
    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(MaxUploads);
    private readonly HashSet<UploadId> _followed = [];

    /// <summary>Follows uploads until all have a terminal status.</summary>
    public async IAsyncEnumerable<Upload> FollowAsync(
        IEnumerable<(Upload Upload, UploadAccess Access)> followed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (upload, access) in followed)
            Follow(upload, access);
        while (_followed.Count > 0)
        {
            if (Take(await _items.Reader.ReadAsync(cancellationToken).ConfigureAwait(false)) is { } changed)
                yield return changed;
        }
    }

    /// <summary>Follows the newest uploads of an owner, and those that the owner requests later.</summary>
    public async IAsyncEnumerable<Upload> FollowOwnerAsync(
        string owner, Func<Upload, bool> isServed, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _ = ListAsync(owner, isServed, clock);
        while (true)
        {
            var item = await _items.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (item.Listed is { } listed)
                FollowChanged(listed, UploadAccess.Owner(owner));
            else if (Take(item) is { } changed)
                yield return changed;
        }
    }

    private Upload? Take(Item item)
    {
        if (item.Changed is { } changed)
            cursor.Set(changed.Id, changed.UpdatedAt);
        else
            _followed.Remove(item.Ended);
        return item.Changed;
    }

    private void FollowChanged(IReadOnlyList<Upload> listed, UploadAccess access)
    {
        cursor.Keep(listed.Select(upload => upload.Id).Concat(_followed));
        foreach (var upload in listed)
        {
            var (known, last) = (cursor.Find(upload.Id), upload.History[^1].At);
            // What ended before the first stream is no news.
            if (known != last && (known is not null || !upload.IsTerminal || last > cursor.StartedAt))
                Follow(upload, access);
        }
    }

    private void Follow(Upload upload, UploadAccess access)
    {
        if (_followed.Count < MaxUploads && _followed.Add(upload.Id))
            _ = WatchAsync(upload, access, cursor.Find(upload.Id));
    }

    private async Task WatchAsync(Upload upload, UploadAccess access, DateTimeOffset? after)
    {
        try
        {
            await foreach (var changed in uploads.WatchAsync(upload.Id, access.For(upload), after, ending).ConfigureAwait(false))
                await _items.Writer.WriteAsync(new(changed), ending).ConfigureAwait(false);
            await _items.Writer.WriteAsync(new(Ended: upload.Id), ending).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _items.Writer.TryComplete(failure);
        }
    }

    private async Task ListAsync(string owner, Func<Upload, bool> isServed, TimeProvider clock)
    {
        try
        {
            while (true)
            {
                var listed = await uploads.ListAsync(UploadFilter.ForOwner(owner), ending).Take(MaxUploads).Where(isServed)
                    .ToListAsync(ending).ConfigureAwait(false);
                await _items.Writer.WriteAsync(new(Listed: listed), ending).ConfigureAwait(false);
                await Task.Delay(ListInterval, clock, ending).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            _items.Writer.TryComplete(failure);
        }
    }

    /// <summary>An upload after a transition, an upload whose transitions have ended, or a listing.</summary>
    private readonly record struct Item(Upload? Changed = null, UploadId Ended = default, IReadOnlyList<Upload>? Listed = null);
}
