using System.Reflection;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Architecture.Tests;

public sealed class TypeTests
{
    private static readonly Assembly[] Ours =
        [.. new[] { "DirectUpload", "DirectUpload.AspNetCore", "DirectUpload.Client", "DirectUpload.DynamoDB", "DirectUpload.LocalS3", "DirectUpload.Sqs" }.Select(Assembly.Load)];

    private static IEnumerable<Type> Types => Ours.SelectMany(assembly => assembly.Written());

    [Fact]
    public void Public_types_are_sealed_unless_meant_to_be_derived() => TypeRules.Open(Types).Should().BeEmpty();

    [Fact]
    public void Public_asynchronous_methods_say_so_and_can_be_cancelled() => TypeRules.BadlyAsync(Types).Should().BeEmpty();

    [Fact]
    public void Stores_and_records_see_no_token() => TypeRules.TokenSeers(Types).Should().BeEmpty();

    // LocalS3 is a server: its keys are what it hands out, not what it signs in with.
    [Fact]
    public void Options_hold_no_secrets() => TypeRules.SecretOptions(Types.Where(type => type.Assembly.GetName().Name != "DirectUpload.LocalS3")).Should().BeEmpty();

    [Fact]
    public void Types_are_really_looked_at() => Types.Count(type => type.IsVisible).Should().BeGreaterThan(20);

    [Fact]
    public void An_open_type_is_caught() =>
        TypeRules.Open([typeof(OpenType), typeof(ClosedType), typeof(AbstractType), typeof(IDisposable), typeof(DayOfWeek), typeof(TypeRules)])
            .Should().Equal(typeof(OpenType).FullName);

    [Fact]
    public void Methods_that_do_not_say_or_can_not_be_cancelled_are_caught() =>
        TypeRules.BadlyAsync([typeof(AsyncSample)]).Should().BeEquivalentTo(
            $"{typeof(AsyncSample).FullName}.Send", $"{typeof(AsyncSample).FullName}.NoTokenAsync", $"{typeof(AsyncSample).FullName}.TokenFirstAsync");

    [Fact]
    public void A_store_that_sees_a_token_is_caught() =>
        TypeRules.TokenSeers([typeof(CuriousStore)]).Should().Contain(name => name.EndsWith(".Find", StringComparison.Ordinal))
            .And.Contain(name => name.EndsWith("._seen", StringComparison.Ordinal));

    [Fact]
    public void A_secret_in_options_is_caught() =>
        TypeRules.SecretOptions([typeof(LeakyOptions)]).Should().Equal($"{typeof(LeakyOptions).FullName}.SecretKey");

    public class OpenType;

    public sealed class ClosedType;

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

        public string? Bucket { get; set; }
    }

    private abstract class CuriousStore : IUploadRecordStore
    {
        private readonly List<UploadToken> _seen = [];

        public void Find(UploadToken token) => _seen.Add(token);

        public abstract ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default);

        public abstract ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default);

        public abstract ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default);

        public abstract ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default);

        public abstract ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default);

        public abstract ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default);

        public abstract ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

        public abstract IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default);

        public abstract ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

        public abstract ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default);
    }
}
