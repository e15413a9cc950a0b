using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Reads records for callers and checks their access. No other class compares tokens or owners.</summary>
internal sealed class UploadFinder(RecordUpdater records, UploadOperations operations)
{
    private const int PageSize = 100;

    private static readonly UploadError WriteTokenRequired =
        new(UploadErrorCodes.TokenInvalid, "The token is the upload's read token; this call requires its write token.");

    /// <summary>Finds an upload that the caller may read.</summary>
    public async Task<UploadResult<UploadRecord>> FindForReadAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken)
    {
        var record = await ReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        return CheckRead(access, record);
    }

    /// <summary>Checks whether the caller may read an upload.</summary>
    public UploadResult<UploadRecord> CheckRead(UploadAccess access, UploadRecord? record)
    {
        if (access.Kind == AccessKind.WriteToken)
            return CheckWriteToken(access, record);
        return access.Kind == AccessKind.Token
            ? CanRead(access.Token!.Value, record) ? record : UploadOperations.NotFound
            : access.Kind == AccessKind.Reviewer && record is not null ? record
            : CheckIdentity(access, record);
    }

    /// <summary>Finds an upload that the caller may change.</summary>
    public async Task<UploadResult<UploadRecord>> FindForWriteAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken)
    {
        var record = await ReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        return access.Kind is AccessKind.Token or AccessKind.WriteToken ? CheckWriteToken(access, record) : CheckIdentity(access, record);
    }

    /// <summary>Lists the records that match a filter, page by page.</summary>
    public async IAsyncEnumerable<UploadRecord> ListAsync(UploadFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!filter.IsByOwner && filter.Association is null)
        {
            await foreach (var record in records.Store.ListAllAsync(filter, cancellationToken).ConfigureAwait(false))
                yield return record;
            yield break;
        }

        for (var rest = filter; ;)
        {
            var page = await records.Store.ListAsync(rest, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
                yield return record;
            if (page.Count < PageSize)
                yield break;
            rest = rest with { Before = page[^1].Id };
        }
    }

    private ValueTask<UploadRecord?> ReadAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken) =>
        access.Known is { } known && known.Id == id ? new(known) : records.Store.FindAsync(id, cancellationToken);

    private static UploadResult<UploadRecord> CheckIdentity(UploadAccess access, UploadRecord? record) => access.Kind switch
    {
        AccessKind.Client or AccessKind.Application when record is not null => record,
        AccessKind.Owner when record is not null && record.Owner == access.OwnerName => record,
        _ => UploadOperations.NotFound,
    };

    private UploadResult<UploadRecord> CheckWriteToken(UploadAccess access, UploadRecord? record)
    {
        if (CanWrite(access.Token!.Value, record))
            return record;
        return CanRead(access.Token.Value, record) ? WriteTokenRequired : UploadOperations.NotFound;
    }

    private bool CanRead(UploadToken token, [NotNullWhen(true)] UploadRecord? record) =>
        record is not null
        && ((record.ReadTokenHash.Matches(token) && !(record.ReadTokenExpiresAt <= records.Clock.GetUtcNow())) || CanWrite(token, record));

    private bool CanWrite(UploadToken token, [NotNullWhen(true)] UploadRecord? record) =>
        record?.WriteTokenHash.Matches(token) == true
        && !WriteTokenExpiry.IsExpired(record, operations.GetWriteTokenLifetime(record), records.Clock.GetUtcNow());
}
