using DirectUpload.LocalS3;

// LocalS3 in a process of its own, for tests that kill it or weigh it: prints its endpoint, and ends when its input does.
await using var server = await LocalS3Server.StartAsync(new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = args[0] });
Console.WriteLine(server.Endpoint);
await Console.In.ReadToEndAsync();
