using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Processing;

namespace DirectUpload.Imaging.Processes;

/// <summary>One separate process, which decodes one image at a time.</summary>
internal sealed class DecoderProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);
    private const int MaxOutputLength = 256 << 20;
    private const int BufferSize = 1 << 17;

    private readonly Process _process;
    private readonly ErrorOutput _errors;
    private readonly ImagingOptions _options;
    private readonly TimeProvider _clock;
    private readonly Stream _input;
    private readonly Stream _output;

    private DecoderProcess(Process process, ImagingOptions options, TimeProvider clock)
    {
        (_process, _options, _clock) = (process, options, clock);
        _errors = new ErrorOutput(process);
        (_input, _output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    public int Id => _process.Id;

    public int ImageCount { get; private set; }

    /// <summary>Gets the time at which the process became idle, for the pool.</summary>
    public DateTimeOffset IdleSince { get; set; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process, and waits until it is ready.</summary>
    /// <exception cref="ProcessorUnavailableException">The process did not start; no image is the reason.</exception>
    public static async Task<DecoderProcess> StartAsync(ImagingOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        DecoderProcess decoder;
        try
        {
            decoder = new DecoderProcess(Process.Start(DecoderCommand.Create(options))!, options, clock);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            throw new ProcessorUnavailableException("The separate process that decodes images could not be started.", exception);
        }

        try
        {
            using var timeLimit = new CancellationTokenSource(StartTimeout, clock);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
            if (await Frames.ReadAsync(decoder._output, 0, linked.Token).ConfigureAwait(false) is not null)
                return decoder;
            throw new EndOfStreamException("The process ended before it was ready.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await decoder.WaitForExitAsync().ConfigureAwait(false);
            decoder.Dispose();
            throw new ProcessorUnavailableException(
                $"The separate process that decodes images ended before it was ready. {decoder._errors} On other systems than Linux x64, "
                + "reference the package NetVips.Native of the system, such as NetVips.Native.win-x64.",
                exception);
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>Decodes one image.</summary>
    /// <returns>The reply, which may be a failure of the image.</returns>
    /// <exception cref="DecoderDiedException">The process ended, and must be disposed of.</exception>
    /// <exception cref="IOException">The content could not be read. The process waits for the rest and must be disposed of.</exception>
    public async Task<DecodedImage> DecodeAsync(ImageJob job, Stream content, long size, CancellationToken cancellationToken)
    {
        ImageCount++;
        using var watch = new DecoderWatch(_process, _options, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.CancellationToken);
        try
        {
            await Frames.WriteAsync(_input, JsonSerializer.SerializeToUtf8Bytes(job, ProtocolJson.Default.ImageJob), linked.Token)
                .ConfigureAwait(false);
            await Frames.WriteLengthAsync(_input, (int)size, linked.Token).ConfigureAwait(false);
            await SendAsync(content, size, linked.Token).ConfigureAwait(false);
            watch.StartTimeout();
            return await ReceiveAsync(job, linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ContentReadException && !cancellationToken.IsCancellationRequested)
        {
            var exitCode = await WaitForExitAsync().ConfigureAwait(false);
            var death = watch.Explain(exitCode);
            throw new DecoderDiedException(death, $"The decoder ended: {death}, exit code {exitCode}. {_errors}", exception);
        }
        catch (ContentReadException exception)
        {
            throw exception.InnerException!;
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    // Storage may be slow or fail; neither is a fault of the decoder.
    private async Task SendAsync(Stream content, long size, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (var left = size; left > 0;)
        {
            int read;
            try
            {
                read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken)
                    .ConfigureAwait(false);
                if (read == 0)
                    throw new IOException($"The content ended {left} bytes before its size of {size} bytes.");
            }
            catch (Exception exception)
            {
                throw new ContentReadException(exception);
            }

            await _input.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            left -= read;
        }

        await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    // A decoder that an image has taken over may answer anything: nothing in its reply is trusted before it is compared with the job.
    private async Task<DecodedImage> ReceiveAsync(ImageJob job, CancellationToken cancellationToken)
    {
        var frame = await Frames.ReadAsync(_output, ProtocolJson.MaxLength, cancellationToken).ConfigureAwait(false)
            ?? throw new EndOfStreamException("The process ended without a reply.");
        var reply = JsonSerializer.Deserialize(frame, ProtocolJson.Default.ImageReply)
            ?? throw new InvalidDataException("The reply is null.");
        ReplyCheck.ThrowIfInvalid(reply, job);
        var left = MaxOutputLength;
        var variants = new List<byte[]>();
        for (var i = 0; i < reply.Variants.Count; i++)
        {
            variants.Add(await Frames.ReadAsync(_output, left, cancellationToken).ConfigureAwait(false)
                ?? throw new EndOfStreamException("The process ended within its reply."));
            left -= variants[i].Length;
        }

        return new DecodedImage(reply, variants);
    }

    private async Task<int?> WaitForExitAsync()
    {
        try
        {
            // A crash takes a moment to be reported; a decoder that does not end is killed.
            await _process.WaitForExitAsync().WaitAsync(ExitTimeout, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            return null;
        }

        return _process.ExitCode;
    }

    private sealed class ContentReadException(Exception cause) : Exception(cause.Message, cause);
}
