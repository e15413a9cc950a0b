using System.Buffers.Binary;
using System.Text;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Builds OLE compound files with a header, an allocation table and a directory tree (MS-CFB).</summary>
internal sealed class CompoundFileBuilder(int shift, int sectorsBefore, int gap, int sectorsAfter)
{
    private const uint None = 0xFFFFFFFF;
    private const uint EndOfChain = 0xFFFFFFFE;

    private readonly List<byte[]> _entries = [];

    /// <summary>Creates a file.</summary>
    /// <param name="rootClass">The first byte of the installer's class id; 0 for no class.</param>
    /// <param name="paths">The streams; a path such as <c>Pool/Workbook</c> is in a storage.</param>
    public byte[] Create(byte rootClass, params string[] paths)
    {
        _entries.Clear();
        _entries.Add(CreateEntry("Root Entry", 5));
        if (rootClass != 0)
            TestBytes.Hex("00100C00 00000000 C0000000 00000046").CopyTo(_entries[0], 80);
        _entries[0][80] = rootClass;
        SetLink(_entries[0], 76, AddTree([.. paths]));
        return Write();
    }

    private uint AddTree(string[] paths)
    {
        var names = paths.Select(path => path.Split('/')[0]).Distinct().ToArray();
        if (names.Length == 0)
            return None;
        var name = names[names.Length / 2];
        var inside = paths.Where(path => path.StartsWith(name + "/", StringComparison.Ordinal)).Select(path => path[(name.Length + 1)..]);
        var id = (uint)_entries.Count;
        var entry = CreateEntry(name, inside.Any() ? (byte)1 : (byte)2);
        _entries.Add(entry);
        SetLink(entry, 68, AddTree([.. paths.Where(path => Array.IndexOf(names, path.Split('/')[0]) < names.Length / 2)]));
        SetLink(entry, 72, AddTree([.. paths.Where(path => Array.IndexOf(names, path.Split('/')[0]) > names.Length / 2)]));
        SetLink(entry, 76, AddTree([.. inside]));
        return id;
    }

    private byte[] Write()
    {
        var size = 1 << shift;
        var perSector = size / 128;
        var directorySectors = (_entries.Count + perSector - 1) / perSector;
        var directory = Enumerable.Range(0, directorySectors).Select(i => sectorsBefore + (i * (gap + 1))).ToArray();
        var content = directory[^1] + 1 + sectorsAfter;
        var tables = 1;
        while (tables * (size / 4) < content + tables)
            tables++;

        var file = new byte[(content + tables + 1) * size];
        var table = new uint[tables * (size / 4)];
        Array.Fill(table, None);
        for (var i = 0; i < directory.Length; i++)
        {
            table[directory[i]] = i + 1 < directory.Length ? (uint)directory[i + 1] : EndOfChain;
            foreach (var (entry, at) in _entries.Skip(i * perSector).Take(perSector).Select((entry, at) => (entry, at)))
                entry.CopyTo(file, ((directory[i] + 1) * size) + (at * 128));
        }

        WriteHeader(file, directory[0], content, tables);
        for (var i = 0; i < table.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(((content + 1) * size) + (i * 4)), table[i]);
        return file;
    }

    private void WriteHeader(byte[] file, int directory, int firstTable, int tables)
    {
        TestBytes.Hex("D0CF11E0A1B11AE1").CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), (ushort)(shift == 12 ? 4 : 3));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), (ushort)shift);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(44), tables);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(48), directory);
        SetLink(file, 68, EndOfChain);
        for (var i = 0; i < 109; i++)
            SetLink(file, 76 + (i * 4), i < tables ? (uint)(firstTable + i) : None);
    }

    private static byte[] CreateEntry(string name, byte type)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(64), (ushort)((name.Length + 1) * 2));
        entry[66] = type;
        SetLink(entry, 68, None);
        SetLink(entry, 72, None);
        SetLink(entry, 76, None);
        return entry;
    }

    private static void SetLink(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
