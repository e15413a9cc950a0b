using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// A folder of small JSON records, each replaced as one by a rename: a killed process leaves the old record or the new one.
/// </summary>
internal sealed class RecordFolder<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    private const string TemporarySuffix = ".tmp";

    public void Create() => Directory.CreateDirectory(path);

    public void Save(string name, T record)
    {
        var temporary = FileOf(name) + TemporarySuffix;
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, type));
        File.Move(temporary, FileOf(name), overwrite: true);
    }

    public void Delete(string name) => File.Delete(FileOf(name));

    public T? Find(string name) => File.Exists(FileOf(name)) ? Read(FileOf(name)) : null;

    /// <summary>All records, after removing what a killed process left half written.</summary>
    public IReadOnlyList<T> Load()
    {
        foreach (var leftover in Directory.EnumerateFiles(path, "*" + TemporarySuffix))
            File.Delete(leftover);
        return Directory.EnumerateFiles(path, "*.json").Select(Read).ToList();
    }

    private string FileOf(string name) => Path.Combine(path, name + ".json");

    private T Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"LocalS3 cannot read '{file}'. Delete that file, which loses what it describes, or choose another DataDirectory.", e);
        }
    }
}
