using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>Stands before a real server, passes everything on, and fails the requests that the test picks.</summary>
internal static class FaultInjectingProxy
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public static Task<FakeStorageServer> StartAsync(string target, Func<HttpRequest, bool> fails) =>
        StartAsync(target, request => Task.FromResult(fails(request)));

    public static Task<FakeStorageServer> StartAsync(string target, Func<HttpRequest, Task<bool>> fails) =>
        FakeStorageServer.StartAsync(ForwardUnlessAnswered(target, async context =>
        {
            if (!await fails(context.Request))
                return false;
            context.Response.StatusCode = 500;
            return true;
        }));

    /// <summary>Passes on what the test has not answered itself.</summary>
    public static RequestDelegate ForwardUnlessAnswered(string target, Func<HttpContext, Task<bool>> answers) => async context =>
    {
        if (await answers(context))
            return;

        var request = context.Request;
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method), $"{target}{request.Path.ToUriComponent()}{request.QueryString}");
        if (request.ContentLength is not null)
            message.Content = new StreamContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            // Host included: the signature covers it.
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value);
        }

        using var answer = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
            context.Response.Headers[name] = values.ToArray();
        if (!HttpMethods.IsHead(request.Method))
            await answer.Content.CopyToAsync(context.Response.Body);
    };
}
