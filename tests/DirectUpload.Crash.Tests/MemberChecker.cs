using System.Data.Common;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DirectUpload.Crash.Tests;

/// <summary>Compares the members with the files in the bucket, by plain SQL and S3 calls: no code of the library takes part.</summary>
internal sealed class MemberChecker(Database database, IAmazonS3 s3, string bucket)
{
    /// <summary>Finds everything that must never be, when all is over and every upload that no member refers to had its time.</summary>
    /// <param name="expected">What each member refers to, as its client knows; a deleted member is missing.</param>
    /// <param name="texts">What was sent.</param>
    public async Task<List<string>> FindViolationsAsync(
        IReadOnlyDictionary<string, MemberUploads> expected, IReadOnlyDictionary<UploadId, string> texts)
    {
        var faults = new List<string>();
        var members = await ReadMembersAsync();
        var files = await ReadFilesAsync();
        var keys = await ListKeysAsync();
        foreach (var (name, uploads) in expected)
        {
            if (!members.TryGetValue(name, out var stored))
                faults.Add($"lost: the member {name}");
            else if (!stored.IsSameAs(uploads))
                faults.Add($"wrong: {name} does not refer to what was saved last");
        }

        faults.AddRange(members.Keys.Except(expected.Keys).Select(name => $"left: the member {name}"));
        var referred = new HashSet<string>();
        foreach (var (name, uploads) in members)
        {
            foreach (var id in uploads.All)
            {
                if (!files.TryGetValue($"{id}", out var file) || file.Status != "Ready" || !keys.Contains(file.Key))
                    faults.Add($"gone: the file {id} of {name}");
                else if (await ReadTextAsync(file.Key) != texts[id])
                    faults.Add($"changed: the file {id} of {name}");
                else if (!referred.Add(file.Key))
                    faults.Add($"twice: two members refer to {id}");
            }
        }

        faults.AddRange(keys.Except(referred).Select(key => $"left: {key}, to which no member refers"));
        return faults;
    }

    private async Task<Dictionary<string, MemberUploads>> ReadMembersAsync()
    {
        var members = new Dictionary<string, MemberUploads>();
        await foreach (var row in QueryAsync("SELECT name, avatar_id, photo_ids FROM members"))
        {
            var photos = row[2] as string[] ?? System.Text.Json.JsonSerializer.Deserialize<string[]>((string)row[2]!)!;
            members[(string)row[0]!] = new(
                row[1] is string avatar ? UploadId.Parse(avatar) : null, [.. photos.Select(id => UploadId.Parse(id))]);
        }

        return members;
    }

    private async Task<Dictionary<string, (string Key, string Status)>> ReadFilesAsync()
    {
        var files = new Dictionary<string, (string Key, string Status)>();
        await foreach (var row in QueryAsync("SELECT id, final_key, status FROM direct_uploads"))
            files[(string)row[0]!] = ((string)row[1]!, (string)row[2]!);
        return files;
    }

    private async IAsyncEnumerable<object?[]> QueryAsync(string sql)
    {
        await using DbConnection connection = database.Kind == "postgres"
            ? new NpgsqlConnection(database.ConnectionString)
            : new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var at = 0; at < row.Length; at++)
                row[at] = reader.IsDBNull(at) ? null : reader.GetValue(at);
            yield return row;
        }
    }

    private async Task<HashSet<string>> ListKeysAsync()
    {
        var keys = new HashSet<string>();
        var request = new ListObjectsV2Request { BucketName = bucket };
        do
        {
            var page = await s3.ListObjectsV2Async(request);
            keys.UnionWith((page.S3Objects ?? []).Select(found => found.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return keys;
    }

    private async Task<string> ReadTextAsync(string key)
    {
        using var found = await s3.GetObjectAsync(bucket, key);
        using var reader = new StreamReader(found.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
