using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>An answer of the app, read to its end. Headers by lower-case name.</summary>
public sealed record ApiResponse(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public int Code => (int)Status;

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>A text property of the JSON body, or null.</summary>
    public string? this[string property] => Json.TryGetProperty(property, out var value) ? value.GetString() : null;

    public static async Task<ApiResponse> FromAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        return new(
            response.StatusCode, headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The answer is a refusal as the contract writes it.</summary>
    public ApiResponse ShouldBeProblem(int status, string code)
    {
        Code.Should().Be(status, "the answer was {0}", Text);
        Header("content-type").Should().StartWith("application/problem+json");
        this["code"].Should().Be(code, "the answer was {0}", Text);
        Json.GetProperty("status").GetInt32().Should().Be(status);
        this["title"].Should().NotBeNullOrEmpty();
        this["detail"].Should().NotBeNullOrEmpty().And.EndWith(".");
        return this;
    }

    public ApiResponse ShouldBe(int status)
    {
        Code.Should().Be(status, "the answer was {0}", Text);
        return this;
    }
}
