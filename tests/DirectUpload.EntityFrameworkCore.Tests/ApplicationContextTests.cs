using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Records in the application's own context, however it is registered.</summary>
public sealed class ApplicationContextTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Delete();

    [Theory]
    [InlineData("AddDbContext")]
    [InlineData("AddDbContextPool")]
    [InlineData("AddDbContextFactory")]
    public async Task Store_EveryContextRegistration_Works(string registration)
    {
        await using var provider = Provide<ShopContext>(services => Register(services, registration));
        await CreateTablesAsync<ShopContext>(provider);
        var store = provider.GetRequiredService<IUploadRecordStore>();

        var added = await store.AddAsync(TestData.CreateRecord());

        (await store.FindAsync(added.Id)).Should().BeEquivalentTo(added);
        (await store.TryUpdateAsync(added with { Attempts = 1 }))!.Version.Should().Be(2);
    }

    [Fact]
    public async Task Store_PendingApplicationChanges_AreNotSaved()
    {
        await using var provider = Provide<ShopContext>(
            services => services.AddDbContext<ShopContext>(o => o.UseSqlite(_file.ConnectionString)));
        await CreateTablesAsync<ShopContext>(provider);
        await using var request = provider.CreateAsyncScope();
        var mine = request.ServiceProvider.GetRequiredService<ShopContext>();
        mine.Orders.Add(new Order { Id = 1 });

        await provider.GetRequiredService<IUploadRecordStore>().AddAsync(TestData.CreateRecord());

        (await mine.Orders.AsNoTracking().CountAsync()).Should().Be(0);
        mine.ChangeTracker.HasChanges().Should().BeTrue();
    }

    [Fact]
    public async Task Add_SaveChangesInterceptor_IsCalled()
    {
        var saves = new SaveCounter();
        await using var provider = Provide<ShopContext>(
            services => services.AddDbContext<ShopContext>(o => o.UseSqlite(_file.ConnectionString).AddInterceptors(saves)));
        await CreateTablesAsync<ShopContext>(provider);

        await provider.GetRequiredService<IUploadRecordStore>().AddAsync(TestData.CreateRecord());

        saves.Added.Should().Be(1);
    }

    [Fact]
    public async Task Start_ContextWithoutTable_ThrowsWithInstructions()
    {
        await using var provider = Provide<PlainContext>(
            services => services.AddDbContext<PlainContext>(o => o.UseSqlite(_file.ConnectionString)));

        var start = () => Task.WhenAll(provider.GetServices<IHostedService>().Select(service => service.StartAsync(default)));

        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Be(
            "PlainContext has no table for upload records. Call modelBuilder.UseDirectUploads() in its OnModelCreating, and add " +
            "a migration.");
    }

    [Fact]
    public async Task Store_CustomTableName_Works()
    {
        await using var provider = Provide<RenamedContext>(
            services => services.AddDbContext<RenamedContext>(o => o.UseSqlite(_file.ConnectionString)));
        await CreateTablesAsync<RenamedContext>(provider);
        var store = provider.GetRequiredService<IUploadRecordStore>();
        var added = await store.AddAsync(TestData.CreateRecord() with { NextActionAt = TestData.Start });

        (await store.LeaseDueAsync(TestData.Start, TestData.Start.AddMinutes(1), 10)).Should().ContainSingle().Which.Id
            .Should().Be(added.Id);
    }

    private void Register(IServiceCollection services, string registration)
    {
        void Configure(DbContextOptionsBuilder options) => options.UseSqlite(_file.ConnectionString);
        if (registration == "AddDbContext")
            services.AddDbContext<ShopContext>(Configure);
        else if (registration == "AddDbContextPool")
            services.AddDbContextPool<ShopContext>(Configure);
        else
            services.AddDbContextFactory<ShopContext>(Configure);
    }

    private static ServiceProvider Provide<TContext>(Action<IServiceCollection> register)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        register(services);
        services.AddDirectUploads().UseEntityFrameworkCore<TContext>();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    private static async Task CreateTablesAsync<TContext>(ServiceProvider provider)
        where TContext : DbContext
    {
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TContext>().Database.EnsureCreatedAsync();
    }

    private sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads();
    }

    private sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();
    }

    private sealed class RenamedContext(DbContextOptions<RenamedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads(table: "Files of the \"shop\"");
    }

    private sealed class Order
    {
        public int Id { get; set; }
    }

    private sealed class SaveCounter : SaveChangesInterceptor
    {
        public int Added { get; private set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Added += eventData.Context!.ChangeTracker.Entries().Count(entry => entry.State == EntityState.Added);
            return new(result);
        }
    }
}
