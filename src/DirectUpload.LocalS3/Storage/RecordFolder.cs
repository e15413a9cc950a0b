using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Reads and writes a folder of small JSON records.</summary>
/// <remarks>A rename replaces each record atomically: a killed process leaves the old record or the new one.</remarks>
internal sealed class RecordFolder<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    private const string TemporarySuffix = ".tmp";

    public void Create() => Directory.CreateDirectory(path);

    public void Save(string name, T record)
    {
        var temporary = GetPath(name) + TemporarySuffix;
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, type));
        File.Move(temporary, GetPath(name), overwrite: true);
    }

    public void Delete(string name) => File.Delete(GetPath(name));

    public T? Find(string name) => File.Exists(GetPath(name)) ? Read(GetPath(name)) : null;

    /// <summary>Reads all records, after removing the incomplete files of a killed process.</summary>
    public IReadOnlyList<T> Load()
    {
        foreach (var leftover in Directory.EnumerateFiles(path, "*" + TemporarySuffix))
            File.Delete(leftover);
        return Directory.EnumerateFiles(path, "*.json").Select(Read).ToList();
    }

    private string GetPath(string name) => Path.Combine(path, name + ".json");

    private T Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"LocalS3 cannot read '{file}'. Delete the file, which also removes the object or upload that it describes, " +
                "or set another LocalS3Options.DataDirectory.", e);
        }
    }
}
