using System.Security.Cryptography;

namespace Moderato.Model.Corpus;

/// <summary>The files that were read and their SHA-256, for the model's own record.</summary>
public sealed class FileDigests
{
    private readonly List<(string Name, string Digest)> _files = [];

    public IReadOnlyList<(string Name, string Digest)> Files => _files;

    /// <exception cref="DataException">The file is not there.</exception>
    public void Note(string name, string path)
    {
        if (!File.Exists(path)) throw new DataException($"The file {path} does not exist.");
        if (_files.Any(file => file.Name == name)) return;
        using var stream = File.OpenRead(path);
        _files.Add((name, Convert.ToHexStringLower(SHA256.HashData(stream))));
    }
}
