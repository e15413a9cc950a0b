namespace DirectUpload.Client.DependencyInjection;

/// <summary>Refuses the platform on which the client cannot upload.</summary>
internal static class PlatformCheck
{
    private const string Message =
        "DirectUpload.Client does not work in WebAssembly: in a browser, .NET cannot control redirects and connections, and would copy each "
        + "byte of the file. Use the component <DirectUpload> of the package DirectUpload.Blazor, which uploads by script; register the "
        + "client only where the application runs on a server or a device.";

    /// <summary>Throws if the application runs in a browser.</summary>
    /// <exception cref="PlatformNotSupportedException">The application runs in a browser.</exception>
    public static void Check(bool isBrowser)
    {
        if (isBrowser)
            throw new PlatformNotSupportedException(Message);
    }
}
