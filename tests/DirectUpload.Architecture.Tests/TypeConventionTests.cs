using System.Reflection;
using DirectUpload.Stores;

namespace DirectUpload.Architecture.Tests;

public sealed class TypeConventionTests
{
    private static readonly Assembly[] Assemblies =
        [.. new[]
        {
            "DirectUpload", "DirectUpload.AspNetCore", "DirectUpload.Blazor", "DirectUpload.Client", "DirectUpload.DynamoDB",
            "DirectUpload.EntityFrameworkCore", "DirectUpload.LocalS3", "DirectUpload.Sqs",
        }.Select(Assembly.Load)];

    private static IEnumerable<Type> Types => Assemblies.SelectMany(assembly => assembly.HandwrittenTypes());

    [Fact]
    public void Public_types_are_sealed_or_abstract() => TypeConventionRules.Unsealed(Types).Should().BeEmpty();

    [Fact]
    public void Public_async_methods_have_suffix_and_cancellation_token() =>
        TypeConventionRules.WithBadAsyncSignature(Types).Should().BeEmpty();

    [Fact]
    public void Stores_and_records_have_no_token_members() => TypeConventionRules.WithTokenMembers(Types).Should().BeEmpty();

    // LocalS3 is a server: its keys are what it hands out, not what it signs in with.
    [Fact]
    public void Options_hold_no_secrets() =>
        TypeConventionRules.SecretOptions(Types.Where(type => type.Assembly.GetName().Name != "DirectUpload.LocalS3")).Should().BeEmpty();

    [Fact]
    public void Public_types_are_found() => Types.Count(type => type.IsVisible).Should().BeGreaterThan(20);

    [Fact]
    public void Unsealed_UnsealedClass_IsReported() =>
        TypeConventionRules.Unsealed([
            typeof(UnsealedType), typeof(SealedType), typeof(AbstractType), typeof(IDisposable), typeof(DayOfWeek),
            typeof(TypeConventionRules)])
            .Should().Equal(typeof(UnsealedType).FullName);

    [Fact]
    public void WithBadAsyncSignature_EachMistake_IsReported() =>
        TypeConventionRules.WithBadAsyncSignature([typeof(AsyncSample)]).Should().BeEquivalentTo(
            $"{typeof(AsyncSample).FullName}.Send", $"{typeof(AsyncSample).FullName}.NoTokenAsync",
            $"{typeof(AsyncSample).FullName}.TokenFirstAsync");

    [Fact]
    public void WithTokenMembers_StoreWithAToken_IsReported() =>
        TypeConventionRules.WithTokenMembers([typeof(TokenReadingStore)])
            .Should().Contain(name => name.EndsWith(".Find", StringComparison.Ordinal))
            .And.Contain(name => name.EndsWith("._seen", StringComparison.Ordinal));

    [Fact]
    public void SecretOptions_SecretKey_IsReported() =>
        TypeConventionRules.SecretOptions([typeof(LeakyOptions)]).Should().Equal(
            $"{typeof(LeakyOptions).FullName}.SecretKey", $"{typeof(LeakyOptions).FullName}.Password");

    public class UnsealedType;

    public sealed class SealedType;

    public abstract class AbstractType;

    public sealed class AsyncSample : IAsyncDisposable
    {
        public Task GoodAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask<int> Send(CancellationToken cancellationToken) => default;

        public Task NoTokenAsync() => Task.CompletedTask;

        public Task<int> TokenFirstAsync(CancellationToken cancellationToken, int number) => Task.FromResult(number);

        public ValueTask DisposeAsync() => default;
    }

    public sealed class LeakyOptions
    {
        public string? SecretKey { get; set; }

        public string? Password { get; set; }

        public string? Secret { get; set; }

        public string? Bucket { get; set; }
    }

    private abstract class TokenReadingStore : IUploadRecordStore
    {
        private readonly List<UploadToken> _seen = [];

        public void Find(UploadToken token) => _seen.Add(token);

        public abstract ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default);

        public abstract ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default);

        public abstract ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
            DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
            DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<bool> TrySaveCheckpointsAsync(
            NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
            CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default);

        public abstract ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
            DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

        public abstract IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default);

        public abstract ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default);
    }
}
