using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Crash.Host;

/// <summary>The databases that a host may have, as host and test both open them.</summary>
public static class HostDatabase
{
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="kind"><c>sqlite</c>, <c>postgres</c> or <c>dynamodb</c>.</param>
    /// <param name="connection">A connection string; for DynamoDB its address, a blank, and the table's name.</param>
    public static DirectUploadBuilder UseDatabase(this DirectUploadBuilder builder, string kind, string connection)
    {
        if (kind == "postgres")
            return builder.UseEntityFrameworkCore(o => o.UseNpgsql(connection));
        if (kind == "sqlite")
            return builder.UseEntityFrameworkCore(o => o.UseSqlite(connection));
        var (address, table) = connection.Split(' ') is [var first, var second]
            ? (first, second)
            : throw new ArgumentException(connection, nameof(connection));
        builder.Services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient(
            new BasicAWSCredentials("any", "any"),
            new AmazonDynamoDBConfig { ServiceURL = address, AuthenticationRegion = "us-east-1", MaxErrorRetry = 2 }));
        return builder.UseDynamoDB(o => (o.TableName, o.CreateTableIfMissing) = (table, true));
    }

    /// <summary>Uses the database of this host, in the application's own context if it has one.</summary>
    internal static DirectUploadBuilder UseHostDatabase(this DirectUploadBuilder builder)
    {
        if (!HostSettings.HasMembers)
            return builder.UseDatabase(HostSettings.DatabaseKind, HostSettings.Database);
        builder.Services.AddDbContext<MembersContext>((services, options) =>
        {
            options.AddInterceptors(new SaveFaultPoints(services.GetRequiredService<FaultPoints>()));
            if (HostSettings.DatabaseKind == "postgres")
                options.UseNpgsql(HostSettings.Database);
            else
                options.UseSqlite(HostSettings.Database);
        });
        return builder.UseEntityFrameworkCore<MembersContext>();
    }

    /// <summary>Puts something between the library and the store that is registered.</summary>
    public static void Wrap(this IServiceCollection services, Func<IServiceProvider, IUploadRecordStore, IUploadRecordStore> wrap)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IUploadRecordStore));
        services.Remove(inner);
        services.AddSingleton(provider => wrap(
            provider, (IUploadRecordStore)(inner.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
