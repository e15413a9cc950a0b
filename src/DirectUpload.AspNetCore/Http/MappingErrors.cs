using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Reports the errors in the options of one mapping together, as the host does for options that it validates at start.</summary>
internal static class MappingErrors
{
    /// <exception cref="OptionsValidationException">There is an error; each message names the mapping call.</exception>
    public static void ThrowIfAny<TOptions>(string call, IEnumerable<string> errors)
    {
        string[] messages = [.. errors.Select(error => $"{call}: {error}")];
        if (messages.Length > 0)
            throw new OptionsValidationException(call, typeof(TOptions), messages);
    }
}
