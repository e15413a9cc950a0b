using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>An event as an EventSource receives it.</summary>
public sealed record ReceivedEvent(string? Type, string? Id, JsonElement Json)
{
    public string? this[string property] => Json.TryGetProperty(property, out var value) ? value.GetString() : null;
}

/// <summary>Reads server-sent events as an EventSource does.</summary>
public sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task<EventReader> OpenAsync(HttpResponseMessage response)
    {
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    public async Task<ReceivedEvent?> NextAsync()
    {
        string? type = null, id = null, data = null;
        while (await reader.ReadLineAsync().WaitAsync(Timeout) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.Length == 0 && data is not null)
                return new ReceivedEvent(type, id, JsonDocument.Parse(data).RootElement);
        }

        return null;
    }

    public async Task<List<ReceivedEvent>> RestAsync()
    {
        var rest = new List<ReceivedEvent>();
        while (await NextAsync() is { } received)
            rest.Add(received);
        return rest;
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
