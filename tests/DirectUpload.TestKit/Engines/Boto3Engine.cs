namespace DirectUpload.TestKit;

/// <summary>Finds a Python with boto3, AWS's client: DIRECTUPLOAD_BOTO3_PYTHON, or Debian's if python3-boto3 is installed.</summary>
public sealed record Boto3Engine(string Python)
{
    public static Boto3Engine? Find()
    {
        if (Engine.GetVariable("DIRECTUPLOAD_BOTO3_PYTHON") is { } python) return new Boto3Engine(python);
        return Directory.Exists("/usr/lib/python3/dist-packages/boto3") ? new Boto3Engine("/usr/bin/python3") : null;
    }

    public static Boto3Engine Require() => Engine.Require(Find(), "boto3", "DIRECTUPLOAD_BOTO3_PYTHON");
}
